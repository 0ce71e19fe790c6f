using System.Globalization;
using System.Text.Json;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Load;

/// <summary>
/// The agent's console over HTTP, inside an AgentPay process: its commands, a live view of a payment, and internal counts.
/// </summary>
internal static class LoadConsole
{
    public static async Task AnswerAsync(HttpContext context)
    {
        var aborted = context.RequestAborted;
        try
        {
            await (context.Request.Path.Value switch
            {
                "/clock" => Ok(context, () => context.RequestServices.GetRequiredService<LoadClock>().PutForward(TimeSpan.FromSeconds(double.Parse(Text(context, "ahead"), CultureInfo.InvariantCulture)))),
                "/token" => TokenAsync(context, Text(context, "agent"), aborted),
                "/latest" => LatestAsync(context),
                "/start" => ActAsync(context, desk => desk.StartAsync(Text(context, "agent"), Order(context), aborted)),
                "/again" => ActAsync(context, desk => desk.StartAgainAsync(Text(context, "agent"), Payment(context), aborted)),
                "/ask" => ActAsync(context, desk => desk.AskAsync(Text(context, "agent"), Payment(context), Enum.Parse<CaptureField>(Text(context, "field")), aborted)),
                "/submit" => ActAsync(context, desk => desk.SubmitAsync(Text(context, "agent"), Payment(context), aborted)),
                "/cancel" => ActAsync(context, desk => desk.CancelAsync(Text(context, "agent"), Payment(context), aborted)),
                "/board/pay" => BoardLoad.PayAsync(context),
                "/board/change" => BoardLoad.ChangeAsync(context),
                "/watch" => WatchAsync(context),
                "/usage" => context.Response.WriteAsJsonAsync(ServerUsage.Read(context.Request.Query.ContainsKey("collect")), aborted),
                "/state" => context.Response.WriteAsJsonAsync(InstanceState.Of(context.RequestServices), aborted),
                "/truth" => context.Response.WriteAsJsonAsync(await Truth.ReadAsync(context.RequestServices, aborted), SyncJson.Options, aborted),
                _ => NotFound(context),
            });
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The screen is closed.
        }
        catch (Exception down) when (down is TwilioException or SyncNotReadyException)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>A Sync token, as /getSyncToken gives it to whoever is signed in.</summary>
    private static async Task TokenAsync(HttpContext context, string agent, CancellationToken aborted)
    {
        await Service<SyncAcl>(context).SettleMapsAsync(agent, aborted);
        await context.Response.WriteAsync(Service<SyncTokens>(context).Mint(new("agent", "Agent", agent, [])), aborted);
    }

    /// <summary>A payment as a screen sees it, a line of JSON each time that it changes.</summary>
    private static async Task WatchAsync(HttpContext context)
    {
        context.Response.ContentType = "application/x-ndjson";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var session in Service<LiveFeed<PaymentId, PaymentSession>>(context).WatchAsync(Payment(context), context.RequestAborted))
        {
            await context.Response.WriteAsync(JsonSerializer.Serialize(session, SyncJson.Options) + "\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static async Task LatestAsync(HttpContext context)
    {
        var latest = await Service<CallPayments>(context).LatestAsync(CallSid.Parse(Text(context, "call")), context.RequestAborted);
        var session = latest is { } payment ? await Service<PaymentFlow>(context).RefreshAsync(payment, context.RequestAborted) : null;
        if (session is null) await NotFound(context);
        else await context.Response.WriteAsJsonAsync(session, SyncJson.Options, context.RequestAborted);
    }

    private static async Task ActAsync(HttpContext context, Func<PaymentDesk, Task<DeskAnswer>> act)
    {
        switch (await act(Service<PaymentDesk>(context)))
        {
            case DeskAnswer.Done(var payment):
                await context.Response.WriteAsJsonAsync(payment, SyncJson.Options, context.RequestAborted);
                break;
            case DeskAnswer.Refused refused:
                context.Response.StatusCode = StatusCodes.Status409Conflict;
                await context.Response.WriteAsync(refused.Code, context.RequestAborted);
                break;
        }
    }

    private static PaymentOrder Order(HttpContext context) => new(
        CallSid.Parse(Text(context, "call")),
        Amount: decimal.Parse(Text(context, "amount"), CultureInfo.InvariantCulture),
        Reference: Text(context, "reference"));

    private static PaymentId Payment(HttpContext context) =>
        PaymentId.TryParse(Text(context, "payment"), out var id) ? id : throw new BadHttpRequestException("payment is not an id");

    private static string Text(HttpContext context, string name) => context.Request.Query[name].ToString();

    private static T Service<T>(HttpContext context) where T : notnull => context.RequestServices.GetRequiredService<T>();

    private static Task Ok(HttpContext context, Action act)
    {
        act();
        return context.Response.CompleteAsync();
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
