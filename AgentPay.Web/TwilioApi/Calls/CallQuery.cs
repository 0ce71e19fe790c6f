using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.TwilioApi;

/// <summary>Which calls to list. The days are in UTC.</summary>
public sealed record CallQuery
{
    public string? To { get; init; }

    public string? From { get; init; }

    public CallSid? ParentCallSid { get; init; }

    public CallStatus? Status { get; init; }

    public DateOnly? StartedOn { get; init; }

    /// <summary>Before that day.</summary>
    public DateOnly? StartedBefore { get; init; }

    /// <summary>On that day or after it.</summary>
    public DateOnly? StartedFrom { get; init; }

    public DateOnly? EndedOn { get; init; }

    /// <inheritdoc cref="StartedBefore"/>
    public DateOnly? EndedBefore { get; init; }

    /// <inheritdoc cref="StartedFrom"/>
    public DateOnly? EndedFrom { get; init; }

    /// <summary>Calls per request, 1 to 1000; Twilio's default is 50.</summary>
    public int? PageSize { get; init; }

    // The comparison is part of the parameter's name: StartTime>=2026-01-31 is a parameter called "StartTime>".
    internal FormFields ToQuery()
    {
        var query = new FormFields();
        query.Add("To", To);
        query.Add("From", From);
        query.Add("ParentCallSid", ParentCallSid?.ToString());
        query.Add("Status", Status);
        query.Add("StartTime", StartedOn);
        query.Add("StartTime<", StartedBefore);
        query.Add("StartTime>", StartedFrom);
        query.Add("EndTime", EndedOn);
        query.Add("EndTime<", EndedBefore);
        query.Add("EndTime>", EndedFrom);
        query.Add("PageSize", PageSize);
        return query;
    }
}
