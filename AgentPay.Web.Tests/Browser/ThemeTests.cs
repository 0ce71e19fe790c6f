using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>Light, dark, or the system's theme: chosen in the bar, kept by the browser, and applied from the first frame.</summary>
public sealed class ThemeTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    private const string Light = "rgb(244, 246, 250)";
    private const string Dark = "rgb(13, 19, 27)";

    /// <summary>Notes the ground of every frame that is painted, from the first on.</summary>
    private const string NoteGrounds = """
        window.grounds = [];
        (function note() {
          if (document.body) grounds.push(getComputedStyle(document.body).backgroundColor);
          requestAnimationFrame(note);
        })();
        """;

    [BrowserTheory]
    [InlineData("Dark", false, Dark)]
    [InlineData("Light", true, Light)]
    public Task Theme_Chosen_IsThereFromTheFirstFrameOn(string choice, bool systemIsDark, string ground) =>
        OnConsoleAsync(PageActs.Amara, async page =>
    {
        await ChooseAsync(page, choice);
        await page.AddInitScriptAsync(NoteGrounds);

        foreach (var path in (string[])["/pay", "/signed-out", "/sandbox"])
        {
            await page.GotoAsync(new Uri(App.Url, path).AbsoluteUri);
            if (path == "/pay") await page.LiveAsync();
            await page.WaitForFunctionAsync("() => grounds.length > 5");
            (await page.EvaluateAsync<string[]>("() => grounds")).Distinct().ShouldBe([ground], path);
        }
    }, Desk.Own with { IsDark = systemIsDark });

    [BrowserFact]
    public Task Theme_SetBackToTheSystems_FollowsTheSystemAgain() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        await ChooseAsync(page, "Dark");
        (await GroundAsync(page)).ShouldBe(Dark);
        await page.ReloadAsync();
        // The circuit renders the menu anew when it starts.
        await page.LiveAsync();

        await page.GetByTitle("Theme").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Dark")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");

        await Assertions.Expect(page.GetByLabel("Same as system")).ToBeCheckedAsync();
        (await GroundAsync(page)).ShouldBe(Light);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        (await GroundAsync(page)).ShouldBe(Dark);
        await page.ReloadAsync();
        (await page.Locator("html[data-appearance=system]").CountAsync()).ShouldBe(1);
    }, Desk.Own);

    [BrowserFact]
    public Task Menu_OpenedBeforeTheCircuitStarts_StaysOpen() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        var mayStart = new TaskCompletionSource();
        await HoldAsync(page, "**/_blazor/negotiate*", mayStart.Task);
        await page.ReloadAsync();
        await page.GetByTitle("Theme").ClickAsync();

        mayStart.SetResult();
        await page.LiveAsync();

        await Assertions.Expect(page.GetByLabel("Same as system")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTitle("Theme")).ToBeFocusedAsync();
    });

    [BrowserFact]
    public Task Menu_OpenedWhileAPageLoads_StaysOpen() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        var (mayStart, mayLoad) = (new TaskCompletionSource(), new TaskCompletionSource());
        await HoldAsync(page, "**/_blazor/negotiate*", mayStart.Task);
        await HoldAsync(page, "**/history", mayLoad.Task);
        // Blazor follows links by itself once it asks for its circuit.
        await page.RunAndWaitForRequestAsync(() => page.ReloadAsync(), request =>
            request.Url.Contains("negotiate", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await page.GetByTitle("Theme").ClickAsync();

        mayLoad.SetResult();
        await page.GetByRole(AriaRole.Heading, new() { Name = "History" }).WaitForAsync();
        await Assertions.Expect(page.GetByLabel("Same as system")).ToBeVisibleAsync();
        mayStart.SetResult();
        await page.LiveAsync();

        await Assertions.Expect(page.GetByLabel("Same as system")).ToBeVisibleAsync();
        await page.GetByTitle("Theme").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Same as system")).ToBeHiddenAsync();
    });

    [BrowserFact]
    public Task Duration_OfACall_CountsUpInTheBrowser() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        var call = await Control.CallInAsync(from: "+61400000076");

        var duration = page.GetByRole(AriaRole.Listitem).Filter(new() { HasTextRegex = new("400.000.076") }).GetByRole(AriaRole.Timer);
        var before = await duration.TextContentAsync();

        await Assertions.Expect(duration).Not.ToHaveTextAsync(before!);
        await Control.HangUpAsync(call);
    });

    /// <summary>Lets requests wait.</summary>
    private static async Task HoldAsync(IPage page, string url, Task until) => await page.RouteAsync(url, async route =>
    {
        await until;
        await route.ContinueAsync();
    });

    private static async Task ChooseAsync(IPage page, string choice)
    {
        await page.GetByTitle("Theme").ClickAsync();
        await page.GetByLabel(choice).CheckAsync();
        await page.Keyboard.PressAsync("Escape");
    }

    private static Task<string> GroundAsync(IPage page) =>
        page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
