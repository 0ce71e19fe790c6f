using AgentPay.Web.Components.Parts;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Components.History;

/// <summary><c>GET /history/export</c>: the payments that the page shows to this viewer under the same filters, as CSV.</summary>
public static class HistoryExport
{
    private const string Path = "/history/export";

    public static void MapHistoryExport(this IEndpointRouteBuilder app) => app.MapGet(Path, ExportAsync).RequireAuthorization(AgentPayPolicies.Agent);

    /// <summary>The address of a day's export, relative to the base.</summary>
    public static string UrlOf(HistoryDay day, HistoryFilter filter)
    {
        var query = new Dictionary<string, string?> { ["day"] = day.Name, ["zone"] = day.Zone.Id }.Concat(filter.Query);
        return QueryHelpers.AddQueryString(Path[1..], query.Where(parameter => parameter.Value is not null));
    }

    private static async Task<IResult> ExportAsync(
        HttpContext context, PaymentHistory history, IOptions<SyncOptions> sync, TimeProvider clock,
        string? day, string? zone, string? result, string? text, string? agent)
    {
        context.Response.Headers.CacheControl = "no-store";
        var known = TimeZoneInfo.Utc;
        if (!string.IsNullOrEmpty(zone) && !ViewerClock.TryFindZone(zone, out known)) return Refuse("zone must be a time zone such as Europe/Berlin.");
        if (!string.IsNullOrEmpty(result) && ResultKinds.Read(result) is null)
            return Refuse($"result must be one of {string.Join(", ", ResultKinds.All.Select(ResultKinds.NameOf))}.");
        var (viewer, now) = (new ViewerClock(known), clock.GetUtcNow());
        var (first, last) = (HistoryDay.Earliest(viewer, now, sync.Value.HistoryTtl), HistoryDay.Today(viewer, now));
        if (!HistoryDay.TryRead(day, known, out var chosen) || !chosen.IsIn(first, last))
            return Refuse($"day must be a day from {first.Name} to {last.Name}, in the format yyyy-MM-dd.");
        return await ReadAsync(history, CurrentUser.Of(context.User)!, chosen, HistoryFilter.Read(result, text, agent), context.RequestAborted);
    }

    private static async Task<IResult> ReadAsync(PaymentHistory history, CurrentUser viewer, HistoryDay day, HistoryFilter filter, CancellationToken cancellation)
    {
        try
        {
            var records = await history.ReadAsync(viewer, day.From, day.Until, cancellation);
            return Results.File(HistoryCsv.Write(filter.Of(records)), "text/csv; charset=utf-8", $"agentpay-history-{day.Name}.csv");
        }
        catch (Exception failure) when (SyncProblem.IsOfTheWorld(failure) && !cancellation.IsCancellationRequested)
        {
            return Results.Text("The history could not be read. Try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Refuse(string why) => Results.Text(why, statusCode: StatusCodes.Status400BadRequest);
}
