using System.Xml.Linq;

namespace AgentPay.Web.Sandbox.Voice;

// A phone that a Dial rings. Url is the TwiML that plays to the party before the parties are connected.
internal sealed record DialTarget(
    string To,
    ProgressSubscription? Progress,
    TwimlSource? Url,
    IReadOnlyDictionary<string, string> SipHeaders)
{
    public bool IsSip => !E164Number.IsE164(To);
}

// A parsed Dial verb: twilio.com/docs/voice/twiml/dial.
internal sealed record DialPlan
{
    private const int MaxTargets = 10;

    private static readonly string[] Attributes =
        [
            "action", "method", "answerOnBridge", "callerId", "timeout", "timeLimit", "hangupOnStar", "sequential", "ringTone",
            "callReason", "referUrl", "referMethod",
        ];

    private static readonly string[] NounAttributes = ["url", "method", "statusCallback", "statusCallbackMethod", "statusCallbackEvent"];

    public required IReadOnlyList<DialTarget> Targets { get; init; }
    public TwimlSource? Action { get; private init; }

    // The TwiML to run when the SIP phone of this Dial sends a REFER; null rejects it.
    public TwimlSource? Refer { get; private init; }
    public bool AnswersOnBridge { get; private init; }
    public string? CallerId { get; private init; }
    public TimeSpan Timeout { get; private init; }
    public TimeSpan TimeLimit { get; private init; }
    public bool HangsUpOnStar { get; private init; }
    public bool IsSequential { get; private init; }

    // Nouns that cannot be dialled are skipped with an alert on the leg.
    public static DialPlan Read(XElement dial, TwimlDocument document, Leg leg)
    {
        var attributes = new TwimlAttributes(dial, document, leg, Attributes);
        var action = attributes.Url("action");
        var refer = attributes.Url("referUrl");
        return new()
        {
            Refer = refer is null ? null : TwimlSource.At(refer, attributes.Method("referMethod")),
            Targets = Limit(ReadTargets(dial, document, leg), leg),
            Action = action is null ? null : TwimlSource.At(action, attributes.Method("method")),
            AnswersOnBridge = attributes.Flag("answerOnBridge"),
            CallerId = attributes.Text("callerId") is { Length: > 0 } callerId ? callerId : null,
            Timeout = TimeSpan.FromSeconds(attributes.Number("timeout", 30, 5, 600, 13212)),
            TimeLimit = TimeSpan.FromSeconds(attributes.Number("timeLimit", 14400, 1, 14400, 13215)),
            HangsUpOnStar = attributes.Flag("hangupOnStar"),
            IsSequential = attributes.Flag("sequential"),
        };
    }

    private static List<DialTarget> ReadTargets(XElement dial, TwimlDocument document, Leg leg) =>
        dial.HasElements
            ? [.. dial.Elements().Select(noun => ReadNoun(noun, document, leg)).OfType<DialTarget>()]
            : ReadText(dial, leg);

    private static List<DialTarget> Limit(List<DialTarget> targets, Leg leg)
    {
        if (targets.Count <= MaxTargets) return targets;
        leg.Alert(12200, $"Dial can ring at most {MaxTargets} phones");
        return targets[..MaxTargets];
    }

    private static List<DialTarget> ReadText(XElement dial, Leg leg) =>
        Number(dial.Value, leg) is { } number ? [new(number, null, null, new Dictionary<string, string>())] : [];

    private static DialTarget? ReadNoun(XElement noun, TwimlDocument document, Leg leg)
    {
        var sip = noun.Name == "Sip" ? SipAddress.Parse(noun.Value) : null;
        if (noun.Name == "Sip" && sip is null) leg.Alert(13224, "Dial: the Sip noun has no SIP URI that Twilio can call");
        if (noun.Name != "Sip" && noun.Name != "Number") leg.Alert(12200, $"Dial: the sandbox cannot dial {noun.Name}");
        var to = noun.Name == "Number" ? Number(noun.Value, leg) : sip?.Uri;
        if (to is null) return null;
        var attributes = new TwimlAttributes(noun, document, leg, NounAttributes);
        var url = attributes.Url("url");
        return new(
            to,
            ReadProgress(attributes),
            url is null ? null : TwimlSource.At(url, attributes.Method("method")),
            sip?.Headers ?? new Dictionary<string, string>());
    }

    private static ProgressSubscription? ReadProgress(TwimlAttributes attributes)
    {
        var events = attributes.Values(
            "statusCallbackEvent",
            ProgressSubscription.CompletedOnly,
            "initiated", "ringing", "answered", "completed");
        var method = attributes.Method("statusCallbackMethod");
        return attributes.Url("statusCallback") is { } url ? new(url, method, events) : null;
    }

    private static string? Number(string text, Leg leg)
    {
        var number = text.Trim();
        if (E164Number.IsE164(number)) return number;
        leg.Alert(13223, "Dial: the number to dial is not in E.164 format");
        return null;
    }
}
