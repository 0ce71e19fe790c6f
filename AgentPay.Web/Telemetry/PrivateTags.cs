using System.Diagnostics;
using OpenTelemetry;

namespace AgentPay.Web.Telemetry;

/// <summary>
/// Removes the tags that may name people, calls and amounts: paths, queries and browsers. The span keeps its route, or the host that was asked.
/// </summary>
internal sealed class PrivateTags : BaseProcessor<Activity>
{
    private static readonly string[] Removed = ["url.path", "url.query", "url.full", "user_agent.original", "client.address"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Removed) data.SetTag(tag, null);
    }
}
