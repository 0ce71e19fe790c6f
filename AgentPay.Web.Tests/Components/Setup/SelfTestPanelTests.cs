using AgentPay.Web.Components.Setup;
using AgentPay.Web.Identity;
using AgentPay.Web.SelfTest;
using AgentPay.Web.Tests.SelfTest;
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
        Services.AddSingleton<SelfTestRunner>();
    }

    [Fact]
    public void Panel_BeforeItIsRun_HasAskedNobody()
    {
        Panel().AllByRole("listitem").ShouldBeEmpty();

        _first.Runs.ShouldBe(0);
    }

    [Fact]
    public void Run_AsChecksEnd_ReplacesTheirLinesInPlace()
    {
        var panel = Panel();

        panel.Press("Run the self-test");
        Lines(panel).ShouldBe([("First", "Checking"), ("Second", "Checking")]);

        _second.Ends(Finding.Failed("It is not so.", "Make it so."));
        panel.WaitForAssertion(() => Lines(panel).ShouldBe([("First", "Checking"), ("Second", "Failed")]));
        panel.AllByRole("listitem")[1].TextContent.ShouldContain("Make it so.");

        _first.Ends(Finding.Good("It is so."));
        panel.WaitForAssertion(() => Lines(panel).ShouldBe([("First", "OK"), ("Second", "Failed")]));
        panel.WaitForAssertion(() => panel.FindByRole("button", "Run it again").HasAttribute("disabled").ShouldBeFalse());
    }

    [Fact]
    public void Run_WhileItRuns_CannotBePressedAgain()
    {
        var panel = Panel();

        panel.Press("Run the self-test");

        panel.FindByRole("button", "Checking…").HasAttribute("disabled").ShouldBeTrue();
        (_first.Runs, _second.Runs).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Run_WhenThePageIsLeft_IsCancelled()
    {
        Panel().Press("Run the self-test");

        await DisposeComponentsAsync();

        _first.WasCancelled.ShouldBeTrue();
        _second.WasCancelled.ShouldBeTrue();
    }

    private IRenderedComponent<SelfTestPanel> Panel() => RenderFor<SelfTestPanel>(SetupBench.Tomas, _ => { });

    private static List<(string, string)> Lines(IRenderedComponent<SelfTestPanel> panel) =>
        [.. panel.AllByRole("listitem")
            .Select(line => (line.QuerySelector("strong")!.TextContent, line.FirstElementChild!.TextContent.Trim()))];

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
