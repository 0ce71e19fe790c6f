using System.Globalization;

namespace AgentPay.Web.Sandbox.Voice;

// A validated request to change a call: twilio.com/docs/voice/api/call-resource#update-a-call-resource.
internal sealed class CallUpdate
{
    private const int MaxTwimlLength = 4000;
    private readonly IFormCollection _form;
    private readonly Uri _ownAddress;

    // ownAddress is the base of relative URLs. Twilio resolves them against its own host.
    public CallUpdate(IFormCollection form, Uri ownAddress)
    {
        (_form, _ownAddress) = (form, ownAddress);
        Redirect = ReadRedirect();
        Fallback = Url("FallbackUrl") is { } fallback ? new(fallback, Method("FallbackMethod")) : null;
        StatusCallback = Url("StatusCallback") is { } url
            ? new(url, Method("StatusCallbackMethod"), ProgressSubscription.CompletedOnly)
            : null;
        Status = ReadStatus();
        TimeLimit = ReadTimeLimit();
        if (Redirect is null && Fallback is null && StatusCallback is null && Status is null && TimeLimit is null)
            throw new ApiError(400, 20001, "One of Url, Twiml, Status, FallbackUrl, StatusCallback and TimeLimit is required");
    }

    public TwimlSource? Redirect { get; }

    public Fallback? Fallback { get; }

    public ProgressSubscription? StatusCallback { get; }

    // Canceled ends a call only while it rings. Completed ends it in any state.
    public LegStatus? Status { get; }

    public TimeSpan? TimeLimit { get; }

    private TwimlSource? ReadRedirect()
    {
        var url = Url("Url");
        if (Text("Twiml") is not { } twiml) return url is null ? null : TwimlSource.At(url, Method("Method"));
        if (url is not null) throw new ApiError(400, 20001, "Only one of Url and Twiml can be given");
        return twiml.Length <= MaxTwimlLength
            ? TwimlSource.Inline(twiml)
            : throw new ApiError(400, 20001, $"Twiml is longer than {MaxTwimlLength} characters");
    }

    private LegStatus? ReadStatus() => Text("Status") switch
    {
        null => null,
        "completed" => LegStatus.Completed,
        "canceled" => LegStatus.Canceled,
        _ => throw new ApiError(400, 20001, "Status must be canceled or completed"),
    };

    private TimeSpan? ReadTimeLimit()
    {
        if (Text("TimeLimit") is not { } text) return null;
        var isValid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0;
        return isValid ? TimeSpan.FromSeconds(seconds) : throw new ApiError(400, 20001, "TimeLimit must be a number of seconds");
    }

    private string? Url(string name)
    {
        if (Text(name) is not { } text) return null;
        var isUrl = Uri.TryCreate(_ownAddress, text, out var url) && url.Scheme is "http" or "https";
        return isUrl ? url!.AbsoluteUri : throw new ApiError(400, 21205, $"{name} is not a valid URL");
    }

    private string Method(string name) => Text(name)?.ToUpperInvariant() switch
    {
        null or "POST" => "POST",
        "GET" => "GET",
        _ => throw new ApiError(400, 20001, $"{name} must be GET or POST"),
    };

    private string? Text(string name) => _form[name].ToString() is { Length: > 0 } text ? text : null;
}
