using System.Runtime.CompilerServices;
using AgentPay.Web.Tests.Support;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>A test in a browser. Whatever the browser complains about fails it; a failure leaves a picture in TestResults.</summary>
[Collection(BrowserCollection.Name)]
public abstract class BrowserTest(Chromium chromium, ConsoleApp app)
{
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
        context.SetDefaultTimeout(15_000);
        var complaints = new Complaints(context, expected ?? []);
        var page = await context.NewPageAsync();
        await page.GotoAsync(console.Url.AbsoluteUri);
        try
        {
            await test(page);
            complaints.Found.ShouldBeEmpty();
        }
        catch (Exception)
        {
            await KeepPicturesAsync(context, name);
            throw;
        }
    }

    private async Task KeepPicturesAsync(IBrowserContext context, string name)
    {
        var folder = Path.Combine(Repository.Root, "TestResults", "browser");
        foreach (var (page, number) in context.Pages.Select((page, number) => (page, number)))
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{GetType().Name}.{name}.{number}.png"), FullPage = true });
    }
}
