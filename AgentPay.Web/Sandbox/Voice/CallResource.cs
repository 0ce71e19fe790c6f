namespace AgentPay.Web.Sandbox.Voice;

// The representation of a leg in Twilio's Calls API: twilio.com/docs/voice/api/call-resource.
internal static class CallResource
{
    public const string Collection = $"/2010-04-01/Accounts/{SandboxAccount.Sid}/Calls";

    private static readonly string[] Subresources =
    [
        "notifications", "recordings", "payments", "events", "siprec", "streams", "transcriptions",
        "user_defined_message_subscriptions", "user_defined_messages",
    ];

    public static object Of(Leg leg) => new
    {
        leg.Sid,
        DateCreated = TwilioTime.Rfc2822(leg.CreatedAt),
        DateUpdated = TwilioTime.Rfc2822(leg.UpdatedAt),
        ParentCallSid = leg.ParentSid,
        AccountSid = SandboxAccount.Sid,
        leg.To,
        ToFormatted = E164Number.Formatted(leg.To),
        leg.From,
        FromFormatted = E164Number.Formatted(leg.From),
        PhoneNumberSid = (string?)null,
        Status = leg.Status.ToName(),
        StartTime = TwilioTime.Rfc2822(StartTime(leg)),
        EndTime = leg.EndedAt is { } ended ? TwilioTime.Rfc2822(ended) : null,
        Duration = leg.Duration is { } duration ? CallParameters.Integer(duration.TotalSeconds) : null,
        Price = (string?)null,
        PriceUnit = "USD",
        leg.Direction,
        AnsweredBy = (string?)null,
        ApiVersion = "2010-04-01",
        ForwardedFrom = (string?)null,
        GroupSid = (string?)null,
        CallerName = leg.ParentSid is null ? "" : null,
        QueueTime = "0",
        TrunkSid = (string?)null,
        Uri = $"{Collection}/{leg.Sid}.json",
        SubresourceUris = Subresources.ToDictionary(name => name, name => $"{Collection}/{leg.Sid}/{PascalCase(name)}.json"),
    };

    // The time of the answer, or of dialling while the leg is unanswered.
    public static DateTimeOffset StartTime(Leg leg) => leg.AnsweredAt ?? leg.CreatedAt;

    private static string PascalCase(string name) =>
        string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
