using AgentPay.Web.Components;
using AgentPay.Web.Components.Setup;
using AgentPay.Web.Components.Setup.Checks;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Tests.Components.Setup;

public sealed class SelfTestPanelTests : ConsoleContext
{
    private readonly Told _first = new("First");
    private readonly Told _second = new("Second");

    public SelfTestPanelTests()
    {
        Services.AddSingleton<ICheck>(_first);
        Services.AddSingleton<ICheck>(_second);
        Services.AddSingleton<SelfTest>();
    }

    [Fact]
    public void Panel_BeforeItIsRun_HasAskedNobody()
    {
        Panel().FindAll(".check").ShouldBeEmpty();

        _first.Runs.ShouldBe(0);
    }

    [Fact]
    public void Run_AsChecksEnd_ReplacesTheirLinesInPlace()
    {
        var panel = Panel();

        panel.Find("button").Click();
        Lines(panel).ShouldBe([("First", "Checking"), ("Second", "Checking")]);

        _second.Ends(Finding.Failed("It is not so.", "Make it so."));
        panel.WaitForAssertion(() => Lines(panel).ShouldBe([("First", "Checking"), ("Second", "Wrong")]));
        panel.Find(".to-do").TextContent.ShouldContain("Make it so.");

        _first.Ends(Finding.Good("It is so."));
        panel.WaitForAssertion(() => Lines(panel).ShouldBe([("First", "OK"), ("Second", "Wrong")]));
        panel.WaitForAssertion(() => panel.Find("button").HasAttribute("disabled").ShouldBeFalse());
    }

    [Fact]
    public async Task Run_PressedTwice_RunsOnce()
    {
        var panel = Panel();
        var button = panel.Find("button");

        await Task.WhenAny(button.ClickAsync(new()), button.ClickAsync(new()));

        (_first.Runs, _second.Runs).ShouldBe((1, 1));
        panel.Find("button").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public async Task Run_WhenThePageIsLeft_IsCancelled()
    {
        Panel().Find("button").Click();

        await DisposeComponentsAsync();

        _first.WasCancelled.ShouldBeTrue();
        _second.WasCancelled.ShouldBeTrue();
    }

    private IRenderedComponent<SelfTestPanel> Panel() => RenderFor<SelfTestPanel>(SetupBench.Tomas, _ => { });

    private static List<(string, string)> Lines(IRenderedComponent<SelfTestPanel> panel) =>
        [.. panel.FindAll(".check").Select(line => (line.QuerySelector("strong")!.TextContent, line.QuerySelector(".chip")!.LastChild!.TextContent))];

    /// <summary>A check that ends when the test says so.</summary>
    private sealed class Told(string title) : ICheck
    {
        private readonly TaskCompletionSource<Finding> _found = new();
        private CancellationToken _cancellation;

        public int Runs { get; private set; }

        public bool WasCancelled => _cancellation.IsCancellationRequested;

        public string Title(IStringLocalizer<Words> words) => title;

        public void Ends(Finding finding) => _found.SetResult(finding);

        public Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation)
        {
            Runs++;
            _cancellation = cancellation;
            return _found.Task.WaitAsync(cancellation);
        }
    }
}
