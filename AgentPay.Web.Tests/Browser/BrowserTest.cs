using System.Runtime.CompilerServices;
using AgentPay.Web.Tests.Support;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>A test in a browser. Whatever the browser complains about fails it; a failure leaves a picture in TestResults.</summary>
[Collection(BrowserCollection.Name)]
public abstract class BrowserTest(Chromium chromium, ConsoleApp app)
{
    private readonly List<IBrowserContext> _seats = [];
    private readonly List<Complaints> _complaints = [];

    protected ConsoleApp App => app;

    protected SandboxControl Control => app.Control;

    /// <summary>Runs a test on a fresh profile's first page; further tabs come from <c>page.Context</c>.</summary>
    /// <param name="expected">Complaints that belong to the test: parts of what <see cref="Complaints"/> writes.</param>
    protected Task OnPageAsync(Func<IPage, Task> test, Desk? desk = null, string[]? expected = null, [CallerMemberName] string name = "") =>
        OnPageAsync(app, test, desk, expected, name);

    /// <inheritdoc cref="OnPageAsync(Func{IPage, Task}, Desk?, string[], string)"/>
    protected async Task OnPageAsync(ConsoleApp console, Func<IPage, Task> test, Desk? desk = null, string[]? expected = null, [CallerMemberName] string name = "")
    {
        await using var context = await chromium.OpenAsync(desk ?? Desk.Usual);
        context.SetDefaultTimeout(60_000);
        _complaints.Add(new(context, expected ?? []));
        var page = await context.NewPageAsync();
        await page.GotoAsync(console.Url.AbsoluteUri);
        try
        {
            await test(page);
            _complaints.SelectMany(from => from.Found).ShouldBeEmpty();
        }
        catch (Exception)
        {
            await KeepPicturesAsync(context, name);
            throw;
        }
        finally
        {
            foreach (var seat in _seats) await seat.CloseAsync();
        }
    }

    /// <summary>Runs a test with an agent who has the call of a customer open, at the form.</summary>
    private protected Task OnCallAsync(Func<IPage, Customer, Task> test, Desk? desk = null, string[]? expected = null, [CallerMemberName] string name = "") => OnPageAsync(app, async page =>
    {
        var customer = await Customer.CallInAsync(Control);
        await page.SignInAsync(PageActs.Amara);
        await page.PopAsync(app, customer.Call);
        try
        {
            await test(page, customer);
        }
        finally
        {
            await Control.SetFaultsAsync(new { });
            await customer.HangUpAsync();
        }
    }, desk, expected, name);

    /// <summary>Lets another person work at a desk of their own, while a test goes on on its page.</summary>
    protected async Task<IPage> SeatAsync(string person)
    {
        var context = await chromium.OpenAsync(Desk.Usual);
        _seats.Add(context);
        _complaints.Add(new(context, []));
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(app.Url.AbsoluteUri);
        await page.SignInAsync(person);
        return page;
    }

    private async Task KeepPicturesAsync(IBrowserContext context, string name)
    {
        var folder = Path.Combine(Repository.Root, "TestResults", "browser");
        foreach (var (page, number) in _seats.Prepend(context).SelectMany(desk => desk.Pages).Select((page, number) => (page, number)))
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{GetType().Name}.{name}.{number}.png"), FullPage = true });
    }
}
