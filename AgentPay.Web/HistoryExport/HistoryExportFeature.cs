using System.Globalization;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;

namespace AgentPay.Web.HistoryExport;

/// <summary>Maps <c>GET /history/export</c>: the payments of the history page as CSV, for the same viewer, range and filters.</summary>
public static class HistoryExportFeature
{
    public static void AddHistoryExport(this IServiceCollection services)
    {
        services.AddSingleton<HistoryCalendar>();
        services.AddSingleton<HistoryReader>();
    }

    public static void MapHistoryExport(this IEndpointRouteBuilder app) =>
        app.MapGet("/" + HistoryQuery.ExportPath, ExportAsync).RequireAuthorization(AgentPayPolicies.Agent);

    private static async Task<IResult> ExportAsync(
        HttpContext context, PaymentHistory history, HistoryCalendar calendar, TimeProvider clock)
    {
        context.Response.Headers.CacheControl = "no-store";
        var sent = context.Request.Query;
        if (!string.IsNullOrEmpty(sent["result"]) && ResultKinds.Read(sent["result"]) is null)
            return Refuse($"result must be one of {string.Join(", ", ResultKinds.All.Select(ResultKinds.NameOf))}.");
        var problem = calendar.TryRead(sent["range"], sent["from"], sent["to"], sent["day"], out var range);
        if (problem != RangeProblem.None)
        {
            var reason = string.Format(
                CultureInfo.InvariantCulture, HistoryCalendar.TextOf(problem), calendar.Bounds(day => day.Name));
            return Refuse($"{reason} Days are from and to in the format yyyy-MM-dd, or a range such as last-month.");
        }
        var (viewer, cancellation) = (CurrentUser.Of(context.User)!, context.RequestAborted);
        var since = ReadSince.Refreshed(clock.GetUtcNow());
        var matches = HistoryFilter.Read(sent["result"], sent["text"], sent["agent"]).ToPredicate();
        await using var days = history.ReadAsync(viewer, range.From, range.Until, since, cancellation).GetAsyncEnumerator(cancellation);
        // Before the answer begins, a failure can still be reported.
        if (!await days.MoveNextAsync() || days.Current.Records is null)
            return Refuse("The history could not be read. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=agentpay-history-{range.Name}.csv";
        for (var isFirst = true; isFirst || await days.MoveNextAsync(); isFirst = false)
        {
            if (days.Current.Records is not { } records)
            {
                // The browser reports an aborted download. A file without some of the days would look complete.
                context.Abort();
                break;
            }
            await context.Response.Body.WriteAsync(HistoryCsv.Write(records.Where(matches), calendar.Zone, isFirst), cancellation);
        }
        return Results.Empty;
    }

    private static IResult Refuse(string reason, int status = StatusCodes.Status400BadRequest) =>
        Results.Text(reason, statusCode: status);
}
