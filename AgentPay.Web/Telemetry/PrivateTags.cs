using System.Diagnostics;
using OpenTelemetry;

namespace AgentPay.Web.Telemetry;

/// <summary>
/// Removes span tags that may contain personal data or amounts: paths, queries, browsers, client addresses. The route or host remains.
/// </summary>
internal sealed class PrivateTags : BaseProcessor<Activity>
{
    private static readonly string[] Removed = ["url.path", "url.query", "url.full", "user_agent.original", "client.address"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Removed) data.SetTag(tag, null);
    }
}
