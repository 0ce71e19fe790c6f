using System.Runtime.CompilerServices;
using AgentPay.Web.Tests.Support;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>A test in a browser. Whatever the browser complains about fails it; a failure leaves a picture in TestResults.</summary>
[Collection(BrowserCollection.Name)]
public abstract class BrowserTest(Chromium chromium, ConsoleApp app)
{
    private readonly List<Seat> _seats = [];

    protected ConsoleApp App => app;

    protected SandboxControl Control => app.Control;

    /// <summary>Runs a test on a page without a session, which opens the sign-in. <c>page.Context</c> opens further tabs.</summary>
    /// <param name="expected">Complaints that belong to the test: parts of what <see cref="Complaints"/> writes.</param>
    protected Task OnPageAsync(Func<IPage, Task> test, Desk? desk = null, string[]? expected = null, [CallerMemberName] string name = "") =>
        OnPageAsync(app, null, "", test, desk, expected, name);

    /// <summary>Runs a test on a page of the console of its own server, where the sign-in opens.</summary>
    protected Task OnPageAsync(ConsoleApp console, Func<IPage, Task> test, Desk? desk = null, string[]? expected = null,
        [CallerMemberName] string name = "") =>
        OnPageAsync(console, null, "", test, desk, expected, name);

    /// <summary>Runs a test on a page of the console, with somebody who has signed in and the circuit started.</summary>
    protected Task OnConsoleAsync(
        string person, Func<IPage, Task> test, Desk? desk = null, string[]? expected = null, string path =
            "", [CallerMemberName] string name = "") =>
        OnPageAsync(app, person, path, test, desk, expected, name);

    /// <summary>Runs a test with an agent who has the call of a customer open, at the form.</summary>
    private protected async Task OnCallAsync(Func<IPage, Customer, Task> test, Desk? desk = null, string[]? expected = null,
        [CallerMemberName] string name = "")
    {
        var customer = await Customer.CallInAsync(Control);
        try
        {
            await OnConsoleAsync(PageActs.Amara, async page =>
            {
                await page.Locator("#amount").WaitForAsync();
                await test(page, customer);
            }, desk, expected, "/pay?callSid=" + customer.Call, name);
        }
        finally
        {
            await Control.SetFaultsAsync(new { });
            await customer.HangUpAsync();
        }
    }

    /// <summary>Lets another person work at a desk of their own, while a test goes on on its page.</summary>
    protected Task<IPage> SeatAsync(string person, string path = "") => ShowAsync(app, Desk.Usual, person, path, []);

    private async Task OnPageAsync(ConsoleApp console, string? person, string path, Func<IPage, Task> test, Desk? desk, string[]? expected,
        string name)
    {
        try
        {
            await test(await ShowAsync(console, desk ?? Desk.Usual, person, path, expected ?? []));
            _seats.SelectMany(seat => seat.Complaints.Found).ShouldBeEmpty();
        }
        catch (Exception)
        {
            await KeepPicturesAsync(name);
            throw;
        }
        finally
        {
            foreach (var seat in _seats) await LeaveAsync(seat);
        }
    }

    /// <summary>Opens a page, of the console where somebody is signed in.</summary>
    private async Task<IPage> ShowAsync(ConsoleApp console, Desk desk, string? person, string path, string[] expected)
    {
        var isShared = person is not null && !desk.IsOwn;
        var profile = await chromium.ProfileAsync(desk, isShared ? person : null, app.Url + "health/live");
        if (!isShared) await profile.ClearCookiesAsync();
        if (person is not null && (await profile.CookiesAsync()).All(cookie => cookie.Name != ConsoleApp.SessionCookie))
            await profile.AddCookiesAsync(await console.SignInAsync(person));
        _seats.Add(new(profile, new(profile, expected)));
        var page = await profile.NewPageAsync();
        if (person is not null) await page.OpenAsync(console, path);
        else await page.GotoAsync(console.Url.AbsoluteUri);
        return page;
    }

    private static async Task LeaveAsync(Seat seat)
    {
        seat.Complaints.Dispose();
        foreach (var page in seat.Pages) await page.CloseAsync();
    }

    private async Task KeepPicturesAsync(string name)
    {
        var folder = Path.Combine(Repository.Root, "TestResults", "browser");
        foreach (var (page, number) in _seats.SelectMany(seat => seat.Pages).Select((page, number) => (page, number)))
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{GetType().Name}.{name}.{number}.png"), FullPage = true });
    }

    private sealed record Seat(IBrowserContext Profile, Complaints Complaints)
    {
        public IEnumerable<IPage> Pages => Profile.Pages.Skip(1).ToList();
    }
}
