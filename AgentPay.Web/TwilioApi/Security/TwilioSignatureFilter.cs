using AgentPay.Web.CardData;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Calls a webhook's handler only if Twilio has signed the request. A missing, empty or wrong signature is answered with 403, whatever the
/// body. A signed request is answered with 400 if its body is not a form, and with 413 if it is longer than <see cref="LongestBody"/>.
/// The handler reads the masked form from <c>HttpRequest.Form</c>. The signature is verified against the original form.
/// </summary>
internal sealed class TwilioSignatureFilter(
    IOptions<TwilioOptions> options, PublicAddress address, ILogger<TwilioSignatureFilter> log) : IEndpointFilter
{
    public const int LongestBody = 64 * 1024;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // Also limits a chunked body, which has no Content-Length, and a body that the server drains after the response.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LongestBody;
        var signature = http.Request.Headers[RequestSignature.Header].ToString();
        if (signature.Length == 0) return Refuse(http, SignatureVerdict.NoSignature);
        if (http.Request.ContentLength > LongestBody) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        SignatureVerdict verdict;
        try
        {
            verdict = await VerifyAsync(http, signature);
        }
        catch (BadHttpRequestException unreadable)
        {
            return Results.StatusCode(unreadable.StatusCode);
        }
        if (verdict != SignatureVerdict.Valid) return Refuse(http, verdict);
        return http.Request.HasFormContentType ? await next(context) : Results.StatusCode(StatusCodes.Status400BadRequest);
    }

    private async Task<SignatureVerdict> VerifyAsync(HttpContext http, string signature)
    {
        var url = PublicUrl.Of(address.BaseUrl, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        try
        {
            var form = http.Request.HasFormContentType
                ? await http.Request.ReadOriginalFormAsync(http.RequestAborted)
                : FormCollection.Empty;
            return RequestSignature.Verify(url, form, signature, options.Value.AuthToken, options.Value.SecondaryAuthToken);
        }
        catch (Exception malformed) when (malformed is InvalidDataException || (malformed is IOException and not BadHttpRequestException))
        {
            // Twilio sends no such form, so it cannot have signed it.
            return SignatureVerdict.WrongSignature;
        }
    }

    private IResult Refuse(HttpContext http, SignatureVerdict verdict)
    {
        log.SignatureRefused(http.GetEndpoint()?.DisplayName ?? "", verdict, address.BaseUrl);
        return Results.StatusCode(StatusCodes.Status403Forbidden);
    }
}

public static class TwilioSignatureExtensions
{
    /// <summary>Requires a valid signature of Twilio instead of a sign-in. The handler must not bind the form as a parameter.</summary>
    // Parameters are bound before filters run, so the form would be read without the filter's limits.
    public static TBuilder RequireTwilioSignature<TBuilder>(this TBuilder webhook) where TBuilder : IEndpointConventionBuilder =>
        webhook.AddEndpointFilter<TBuilder, TwilioSignatureFilter>().WithMetadata(new TwilioSignatureAttribute()).AllowAnonymous();

    /// <summary>
    /// Runs webhooks without the middleware that follows. Their signature is checked in place of a user, and middleware for people
    /// (cookies, authentication, languages) would take a tenth of their time.
    /// </summary>
    public static void UseWebhooks(this IApplicationBuilder app) => app.Use((context, next) =>
        context.GetEndpoint() is { RequestDelegate: { } webhook } endpoint
        && endpoint.Metadata.GetMetadata<TwilioSignatureAttribute>() is not null
            ? webhook(context)
            : next(context));
}

/// <summary>Answers requests to webhooks with other methods than POST.</summary>
public static class WebhookMethodExtensions
{
    private static readonly string[] Others = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    /// <summary>Answers every method except POST with 405, and logs the webhook whose method is wrong at Twilio.</summary>
    public static void RefuseOtherMethods(this IEndpointRouteBuilder app, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            app.MapMethods(path, Others, (HttpContext http, ILogger<TwilioSignatureAttribute> log) => Refuse(http, log))
                .AllowAnonymous()
                .DisableAntiforgery()
                .WithMetadata(new WebhookMethodAttribute());
        }
    }

    private static IResult Refuse(HttpContext http, ILogger<TwilioSignatureAttribute> log)
    {
        log.WrongMethod(http.Request.Path, http.Request.Method);
        http.Response.Headers.Allow = HttpMethods.Post;
        return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }
}

/// <summary>Marks an endpoint that answers 405 for a webhook.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WebhookMethodAttribute : Attribute;

/// <summary>Marks an endpoint whose signature is checked.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TwilioSignatureAttribute : Attribute;
