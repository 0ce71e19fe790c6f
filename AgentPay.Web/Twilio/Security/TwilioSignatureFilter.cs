using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Twilio;

/// <summary>
/// Lets a webhook through only when Twilio has signed it: a missing, empty or wrong signature is answered 403, a body that is not a form
/// 400, one that is longer than Twilio's own 413. The handler then finds the form read, in <c>HttpRequest.Form</c>.
/// </summary>
internal sealed class TwilioSignatureFilter(IOptions<TwilioOptions> options, PublicAddress address, ILogger<TwilioSignatureFilter> log) : IEndpointFilter
{
    public const int LongestBody = 64 * 1024;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var signature = http.Request.Headers[RequestSignature.Header].ToString();
        if (signature.Length == 0) return Refuse(http, SignatureVerdict.NoSignature);
        var (form, status) = await ReadFormAsync(http);
        if (form is null) return Results.StatusCode(status);
        var url = PublicUrl.Of(address.BaseUrl, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var verdict = RequestSignature.Verify(url, form, signature, options.Value.AuthToken, options.Value.SecondaryAuthToken);
        return verdict == SignatureVerdict.Valid ? await next(context) : Refuse(http, verdict);
    }

    private static async Task<(IFormCollection? Form, int Status)> ReadFormAsync(HttpContext http)
    {
        if (http.Request.ContentLength > LongestBody) return (null, StatusCodes.Status413PayloadTooLarge);
        if (!http.Request.HasFormContentType) return (null, StatusCodes.Status400BadRequest);
        // For a body that comes in chunks, whose length nobody has announced.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LongestBody;
        try
        {
            return (await http.Request.ReadFormAsync(http.RequestAborted), StatusCodes.Status200OK);
        }
        catch (BadHttpRequestException unreadable)
        {
            return (null, unreadable.StatusCode);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return (null, StatusCodes.Status400BadRequest);
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
    /// <summary>The endpoint is a webhook of Twilio's: its signature is checked, and stands in for a sign-in. Do not bind the form in the handler's signature.</summary>
    // Parameters are bound before a filter runs, and a bound form would be read without the limits of this one.
    public static TBuilder RequireTwilioSignature<TBuilder>(this TBuilder webhook) where TBuilder : IEndpointConventionBuilder =>
        webhook.AddEndpointFilter<TBuilder, TwilioSignatureFilter>().AllowAnonymous();
}
