using AgentPay.Web.Calls;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Calls;
using AngleSharp.Dom;
using Bunit;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>The list of live calls with snapshots from the feed, without Sync.</summary>
public abstract class CallListContext(CallsFixture fixture) : CallsConsole(fixture)
{
    private long _version;

    public override async Task InitializeAsync() => Use(await CallsApp.StartAsync(Fixture.Sandbox, service: null));

    protected IRenderedComponent<LiveCalls> Shown(CurrentUser user, params Call[]? calls)
    {
        var list = RenderFor<LiveCalls>(user, _ => { });
        if (calls is not null) Publish(calls);
        return list;
    }

    protected IRenderedComponent<LiveCalls> Shown(CurrentUser user) => Shown(user, null);

    protected void Publish(params Call[] calls) => Feed.Publish(CallDirectory.ListKey, new(++_version, calls));

    protected List<string> Heard()
    {
        var said = new List<string>();
        Announcer.Changed += () => said.Add(Announcer.Status);
        return said;
    }

    protected static Call[] ManyCalls(int count) =>
        [.. Enumerable.Range(0, count).Select(n => ACall.Inbound(FormattableString.Invariant($"+61400000{n:000}")))];

    protected static IReadOnlyList<IElement> Rows(IRenderedComponent<LiveCalls> list) => RowsOf(list);

    protected static string TextOf(INode node) =>
        string.Join(' ', node.TextContent.Replace('\u00a0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
