using System.Globalization;
using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Sync;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace AgentPay.Web.Sandbox;

/// <summary>
/// What every request to one of Twilio's REST APIs meets first: the response headers, the injected faults, Basic authentication,
/// and Twilio's error JSON for whatever is refused, unknown or malformed.
/// </summary>
public sealed class TwilioProtocol(RequestDelegate next, FaultInjector faults, SandboxStats stats, TimeProvider clock)
{
    private int _concurrent;

    public async Task InvokeAsync(HttpContext context)
    {
        var started = clock.GetTimestamp();
        context.Response.Headers["Twilio-Request-Id"] = Sid.New("RQ");
        context.Response.Headers["Twilio-Concurrent-Requests"] = Interlocked.Increment(ref _concurrent).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-Home-Region"] = "us1";
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["Twilio-Request-Duration"] = clock.GetElapsedTime(started).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        try
        {
            await AnswerAsync(context);
        }
        catch (Refusal refusal) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, refusal);
        }
        catch (Exception malformed) when (malformed is BadHttpRequestException or InvalidDataException && !context.Response.HasStarted)
        {
            await WriteAsync(context, new Refusal(400, 20001, "The request body could not be read as a form"));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has hung up: nobody is left to answer.
        }
        finally
        {
            Interlocked.Decrement(ref _concurrent);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var fault = await MeetFaultAsync(context);
        Authenticate(context);
        if (context.GetEndpoint() is null) throw Refusal.NotFound(context.Request.ApiPath());
        if (HasBody(context) && !IsForm(context.Request))
            throw new Refusal(400, 20001, "The request body must be application/x-www-form-urlencoded");
        if (fault is RequestFault.None)
        {
            await next(context);
            if (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed) throw new Refusal(405, 20004, "Method not allowed");
            return;
        }
        await RunUnheardAsync(context);
        if (fault is RequestFault.SilenceAfter) await SilenceAsync(context);
        throw new Refusal(500, 20500, "Internal server error");
    }

    /// <summary>By the account's credentials or, in Sync and without them, by an end user's access token, which leaves a <see cref="SyncCaller"/> among the features.</summary>
    private void Authenticate(HttpContext context)
    {
        var headers = context.Request.Headers;
        var hasToken = headers.ContainsKey(SyncAccessToken.Header) && !headers.ContainsKey(HeaderNames.Authorization);
        if (hasToken && context.Request.Path.StartsWithSegments(SandboxFeature.SyncPath))
            context.Features.Set(SyncAccessToken.Verify(headers[SyncAccessToken.Header].ToString(), clock.GetUtcNow()));
        else if (!SandboxAccount.Admits(headers.Authorization)) throw Refusal.Unauthorised();
    }

    /// <summary>With a length or chunked.</summary>
    private static bool HasBody(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody;

    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private async Task<RequestFault> MeetFaultAsync(HttpContext context)
    {
        var isSync = context.Request.Path.StartsWithSegments(SandboxFeature.SyncPath);
        if (!isSync) stats.ApiRequest();
        var delay = isSync ? faults.Settings.SyncDelayMs : faults.Settings.ApiDelayMs;
        if (delay > 0) await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, context.RequestAborted);
        var fault = isSync ? faults.DrawForSync() : faults.DrawForApi();
        switch (fault)
        {
            case RequestFault.Throttled:
                stats.SyncThrottled();
                throw new Refusal(429, 54009, "Rate limit exceeded");
            case RequestFault.ErrorBefore:
                throw new Refusal(503, 20503, "Service unavailable");
            case RequestFault.SilenceBefore:
                await SilenceAsync(context);
                break;
        }
        return fault;
    }

    /// <summary>The request takes effect, but its answer goes nowhere: its sender cannot know what happened.</summary>
    private async Task RunUnheardAsync(HttpContext context)
    {
        var heard = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        try
        {
            await next(context);
        }
        catch (Refusal)
        {
            // Refused, and nobody hears of that either.
        }
        finally
        {
            context.Features.Set(heard);
        }
        context.Response.Headers.Remove("ETag");
        context.Response.ContentLength = null;
        context.Response.ContentType = null;
    }

    /// <summary>Says nothing until the client has given up, or after a minute.</summary>
    private async Task SilenceAsync(HttpContext context)
    {
        await Task.Delay(TimeSpan.FromMinutes(1), clock, context.RequestAborted);
        throw new Refusal(503, 20503, "Service unavailable");
    }

    private static Task WriteAsync(HttpContext context, Refusal refusal)
    {
        context.Response.StatusCode = refusal.Status;
        if (refusal.Status == 401) context.Response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
        var body = new
        {
            refusal.Code,
            refusal.Message,
            MoreInfo = $"https://www.twilio.com/docs/errors/{refusal.Code}",
            refusal.Status,
        };
        return context.Response.WriteAsJsonAsync(body, SandboxJson.Twilio, context.RequestAborted);
    }
}
