using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.HistoryExport;

/// <summary>Maps <c>GET /history/export</c>: the payments of the history page as CSV, for the same viewer and filters.</summary>
public static class HistoryExportFeature
{
    public static void MapHistoryExport(this IEndpointRouteBuilder app) =>
        app.MapGet("/" + HistoryFilter.ExportPath, ExportAsync).RequireAuthorization(AgentPayPolicies.Agent);

    private static async Task<IResult> ExportAsync(
        HttpContext context,
        PaymentHistory history,
        IOptions<SyncOptions> sync,
        TimeProvider clock,
        string? day,
        string? zone,
        string? result,
        string? text,
        string? agent)
    {
        context.Response.Headers.CacheControl = "no-store";
        var known = TimeZoneInfo.Utc;
        if (!string.IsNullOrEmpty(zone) && !HistoryDay.TryFindZone(zone, out known))
            return Refuse("zone must be a time zone such as Europe/Berlin.");
        if (!string.IsNullOrEmpty(result) && ResultKinds.Read(result) is null)
            return Refuse($"result must be one of {string.Join(", ", ResultKinds.All.Select(ResultKinds.NameOf))}.");
        var now = clock.GetUtcNow();
        var (first, last) = (HistoryDay.Earliest(known, now, sync.Value.HistoryTtl), HistoryDay.Today(known, now));
        if (!HistoryDay.TryRead(day, known, out var chosen) || !chosen.IsIn(first, last))
            return Refuse($"day must be a day from {first.Name} to {last.Name}, in the format yyyy-MM-dd.");
        try
        {
            var records = await history.ReadAsync(CurrentUser.Of(context.User)!, chosen.From, chosen.Until, context.RequestAborted);
            var csv = HistoryCsv.Write(HistoryFilter.Read(result, text, agent).Of(records));
            return Results.File(csv, "text/csv; charset=utf-8", $"agentpay-history-{chosen.Name}.csv");
        }
        catch (ServiceUnavailableException)
        {
            return Refuse("The history could not be read. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Refuse(string reason, int status = StatusCodes.Status400BadRequest) =>
        Results.Text(reason, statusCode: status);
}
