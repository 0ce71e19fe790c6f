using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>The sound and the notification for a new call.</summary>
public sealed class CallAlertTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    /// <summary>Counts the tones and keeps the notifications, which this browser has no place for.</summary>
    private const string Loudspeaker = """
        window.tones = 0;
        window.notices = [];
        window.Notification = class {
          static permission = "default";
          static async requestPermission() { return this.permission = "granted"; }
          constructor(text, options) { window.notices.push(`${text} ${options.renotify}`); }
        };
        window.AudioContext = class {
          state = "running"; currentTime = 0; destination = {};
          async resume() {}
          createOscillator() { window.tones++; return { frequency: {}, connect: next => next, start() {}, stop() {} }; }
          createGain() { return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: next => next }; }
        };
        """;

    [BrowserFact]
    public Task Sound_IsOffUntilItIsSwitchedOnAndStaysOnAfterAReload() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        await page.AddInitScriptAsync(Loudspeaker);
        await page.OpenAsync(App, "/");

        await ShouldHearAsync(page, "+61400000081", tones: 0);
        await page.GetByTitle("New calls").ClickAsync();
        await page.GetByLabel("Play a sound for a new call").CheckAsync();
        (await TonesAsync(page)).ShouldBe(1);
        await ShouldHearAsync(page, "+61400000082", tones: 2);
        await page.OpenAsync(App, "/");
        await page.Locator("#calls-title").ClickAsync();
        await ShouldHearAsync(page, "+61400000083", tones: 1);
    }, Desk.Own);

    [BrowserFact]
    public Task Notification_SwitchedOn_IsShownForEachCallUntilTheBrowserForbidsIt() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        await page.AddInitScriptAsync(Loudspeaker);
        await page.OpenAsync(App, "/");
        var choice = page.GetByLabel("Show a notification for a new call");
        await page.GetByTitle("New calls").ClickAsync();
        await choice.CheckAsync();

        await ShouldHearAsync(page, "+61400000084", tones: 0);
        await ShouldHearAsync(page, "+61400000085", tones: 0);
        (await page.EvaluateAsync<string[]>("() => window.notices")).ShouldBe(["New call true", "New call true"]);

        // The new page starts without the permission, as after a change in the browser's settings.
        await page.OpenAsync(App, "/");
        await page.GetByTitle("New calls").ClickAsync();
        (await choice.IsCheckedAsync()).ShouldBeFalse();
    }, Desk.Own);

    private async Task ShouldHearAsync(IPage page, string from, int tones)
    {
        var call = await Control.CallInAsync(from: from);
        await page.Locator("[role=status]", new() { HasTextRegex = new($"New call from.*{from[^1]}$") }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        (await TonesAsync(page)).ShouldBe(tones);
        (await Control.ActAsync(call, "hangup")).Dispose();
    }

    private static Task<int> TonesAsync(IPage page) => page.EvaluateAsync<int>("() => window.tones");
}
