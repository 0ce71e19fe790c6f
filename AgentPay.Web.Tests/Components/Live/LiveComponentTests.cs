using AgentPay.Web.Components.Live;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace AgentPay.Web.Tests.Components.Live;

public sealed class LiveComponentTests : ConsoleContext
{
    private readonly LiveFeed<string, string> _feed = new((_, _) => true);

    [Fact]
    public void Watch_SomethingIsThere_ShowsItAtOnce()
    {
        _feed.Publish("a", "first");

        var shown = Render<Follower>(p => p.Add(f => f.Feed, _feed));

        shown.WaitForAssertion(() => shown.Markup.ShouldBe("first"));
    }

    [Fact]
    public void Watch_SomethingNewer_ShowsIt()
    {
        var shown = Render<Follower>(p => p.Add(f => f.Feed, _feed));

        _feed.Publish("a", "second");

        shown.WaitForAssertion(() => shown.Markup.ShouldBe("second"));
    }

    [Fact]
    public async Task Dispose_WhileWatching_LeavesNoReader()
    {
        Render<Follower>(p => p.Add(f => f.Feed, _feed));
        _feed.Readers.ShouldBe(1);

        await DisposeComponentsAsync();

        _feed.Readers.ShouldBe(0);
    }

    [Fact]
    public void Watch_StoppedByTheComponent_LeavesNoReader()
    {
        var shown = Render<Follower>(p => p.Add(f => f.Feed, _feed));

        shown.Instance.Stop();

        shown.WaitForAssertion(() => _feed.Readers.ShouldBe(0));
    }

    [Fact]
    public async Task Watch_ShowThrows_ReachesTheRenderer()
    {
        var fault = new InvalidOperationException("broken");
        Render<Follower>(p => p.Add(f => f.Feed, _feed).Add(f => f.Fault, fault));

        _feed.Publish("a", "anything");

        (await Renderer.UnhandledException).ShouldBe(fault);
    }

    private sealed class Follower : LiveComponent
    {
        private string _text = "";
        private IDisposable? _watch;

        [Parameter]
        public LiveFeed<string, string> Feed { get; set; } = default!;

        [Parameter]
        public Exception? Fault { get; set; }

        public void Stop() => _watch!.Dispose();

        protected override void OnLive() => _watch = Watch(Feed, "a", text => _text = Fault is null ? text : throw Fault);

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, _text);
    }
}
