namespace AgentPay.Web.TwilioApi;

/// <summary>How to end a call: <see cref="Canceled"/> only before it is answered, <see cref="Completed"/> at any time.</summary>
public enum CallEnd
{
    Canceled,
    Completed,
}

/// <summary>What to do with a running call. What is null is left as it is.</summary>
public sealed record UpdateCall
{
    public CallEnd? Status { get; init; }

    /// <summary>Where to ask for new TwiML; not together with <see cref="Twiml"/>. A redirected call leaves the bridge it is in.</summary>
    public string? Url { get; init; }

    public HttpMethod? Method { get; init; }

    public string? Twiml { get; init; }

    public string? FallbackUrl { get; init; }

    public HttpMethod? FallbackMethod { get; init; }

    public string? StatusCallback { get; init; }

    public HttpMethod? StatusCallbackMethod { get; init; }

    public TimeSpan? TimeLimit { get; init; }

    internal FormFields ToForm()
    {
        var form = new FormFields();
        form.Add("Status", Status);
        form.Add("Url", Url);
        form.Add("Method", Method);
        form.Add("Twiml", Twiml);
        form.Add("FallbackUrl", FallbackUrl);
        form.Add("FallbackMethod", FallbackMethod);
        form.Add("StatusCallback", StatusCallback);
        form.Add("StatusCallbackMethod", StatusCallbackMethod);
        form.AddSeconds("TimeLimit", TimeLimit);
        return form;
    }
}
