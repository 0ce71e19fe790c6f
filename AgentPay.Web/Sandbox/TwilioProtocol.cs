using System.Globalization;
using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Sync;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace AgentPay.Web.Sandbox;

/// <summary>
/// Handles what all requests to Twilio's REST APIs have in common: response headers, injected faults, authentication and error JSON.
/// </summary>
public sealed class TwilioProtocol(RequestDelegate next, FaultInjector faults, SandboxStats stats, TimeProvider clock)
{
    private int _concurrent;

    public async Task InvokeAsync(HttpContext context)
    {
        var started = clock.GetTimestamp();
        context.Response.Headers["Twilio-Request-Id"] = Sid.New("RQ");
        var concurrent = Interlocked.Increment(ref _concurrent);
        context.Response.Headers["Twilio-Concurrent-Requests"] = concurrent.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-Home-Region"] = "us1";
        context.Response.OnStarting(() =>
        {
            var seconds = clock.GetElapsedTime(started).TotalSeconds;
            context.Response.Headers["Twilio-Request-Duration"] = seconds.ToString("0.000", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        try
        {
            await HandleAsync(context);
        }
        catch (ApiError error) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, error);
        }
        catch (Exception malformed) when (malformed is BadHttpRequestException or InvalidDataException && !context.Response.HasStarted)
        {
            await WriteAsync(context, new ApiError(400, 20001, "The request body could not be read as a form"));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        finally
        {
            Interlocked.Decrement(ref _concurrent);
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var fault = await ApplyFaultAsync(context);
        Authenticate(context);
        if (context.GetEndpoint() is null) throw ApiError.NotFound(context.Request.ApiPath());
        if (HasBody(context) && !IsForm(context.Request))
            throw new ApiError(400, 20001, "The request body must be application/x-www-form-urlencoded");
        if (fault is RequestFault.None)
        {
            await next(context);
            if (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed) throw new ApiError(405, 20004, "Method not allowed");
            return;
        }
        await RunAndDiscardResponseAsync(context);
        if (fault is RequestFault.TimeoutAfter) await TimeOutAsync(context);
        throw new ApiError(500, 20500, "Internal server error");
    }

    // Accepts the account's credentials.
    // Sync also accepts an access token if there are none; its SyncCaller is stored in the request features.
    private void Authenticate(HttpContext context)
    {
        var headers = context.Request.Headers;
        var hasToken = headers.ContainsKey(SyncAccessToken.Header) && !headers.ContainsKey(HeaderNames.Authorization);
        if (hasToken && context.Request.Path.StartsWithSegments(SandboxFeature.SyncPath))
            context.Features.Set(SyncAccessToken.Verify(headers[SyncAccessToken.Header].ToString(), clock.GetUtcNow()));
        else if (!SandboxAccount.IsAuthorized(headers.Authorization)) throw ApiError.Unauthorised();
    }

    // True for a body with a length and for a chunked one.
    private static bool HasBody(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody;

    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private async Task<RequestFault> ApplyFaultAsync(HttpContext context)
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
                throw new ApiError(429, 54009, "Rate limit exceeded");
            case RequestFault.ErrorBefore:
                throw new ApiError(503, 20503, "Service unavailable");
            case RequestFault.TimeoutBefore:
                await TimeOutAsync(context);
                break;
        }
        return fault;
    }

    // Executes the request and discards its response, so the client cannot know whether it took effect.
    private async Task RunAndDiscardResponseAsync(HttpContext context)
    {
        var responseBody = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        try
        {
            await next(context);
        }
        catch (ApiError)
        {
            // The error response is discarded too.
        }
        finally
        {
            context.Features.Set(responseBody);
        }
        context.Response.Headers.Remove("ETag");
        context.Response.ContentLength = null;
        context.Response.ContentType = null;
    }

    // Sends nothing until the client disconnects, for at most one minute.
    private async Task TimeOutAsync(HttpContext context)
    {
        await Task.Delay(TimeSpan.FromMinutes(1), clock, context.RequestAborted);
        throw new ApiError(503, 20503, "Service unavailable");
    }

    private static Task WriteAsync(HttpContext context, ApiError error)
    {
        context.Response.StatusCode = error.Status;
        if (error.Status == 401) context.Response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
        var body = new
        {
            error.Code,
            error.Message,
            MoreInfo = $"https://www.twilio.com/docs/errors/{error.Code}",
            error.Status,
        };
        return context.Response.WriteAsJsonAsync(body, SandboxJson.Twilio, context.RequestAborted);
    }
}
