using System.Globalization;
using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.Twilio;

namespace AgentPay.Web.Api;

/// <summary>
/// The predecessor's three calls about a payment, as <c>AgentAssistPayClient</c> makes them. Each answers 200 with the payment's SID as text, or
/// 400 with a sentence. What a client sends as <c>StatusCallback</c> and <c>IdempotencyKey</c> has no influence: both are AgentPay's own.
/// </summary>
internal sealed class CaptureApi(PaymentDesk desk, PaymentProfiles profiles, PstnLeg legs)
{
    public async Task<IResult> StartAsync(HttpContext context)
    {
        const string error = "Error with StartCapture";
        if (await ApiParameters.ReadAsync(context.Request) is not { } sent) return Unreadable(error);
        if (!CallSid.TryParse(sent["callSid"], out var call)) return Refuse(error, "callSid is missing, or is not the SID of a call");
        if (!TryReadAmount(sent["ChargeAmount"], out var amount)) return Refuse(error, "ChargeAmount is not a number such as 12.50");
        if (!TryReadTokenType(sent["TokenType"], out var tokenType)) return Refuse(error, "TokenType is none of one-time, reusable, payment-method");
        var (leg, uui, problem) = await LegAsync(call, context.RequestAborted);
        if (problem is not null) return Refuse(error, problem);
        var profile = profiles.All.FirstOrDefault(p => p.Connector == sent["PaymentConnector"]) ?? profiles.All[0];
        var order = new PaymentOrder(leg, uui, profile.Name, amount, sent["Currency"], sent["Description"], sent["reference"])
        {
            Connector = sent["PaymentConnector"],
            TokenType = tokenType,
            Fields = FieldsOf(profile, sent),
            Driver = PaymentDriver.Client,
        };
        return await desk.StartAsync(Agent(context), order, context.RequestAborted) switch
        {
            DeskAnswer.Done { Payment: { IsOver: false, Payment: { } payment } } => Results.Text(payment.ToString()),
            DeskAnswer.Done { Payment.Outcome: { } outcome } => Refuse(error, $"{outcome.Result} {outcome.Code}".TrimEnd()),
            DeskAnswer.Done => Refuse(error, "Twilio has not answered yet; the payment is being cancelled if it was started"),
            var refused => Refuse(error, refused),
        };
    }

    public Task<IResult> AskAsync(HttpContext context) => ActAsync(context, "Error with updateCapture", (sent, payment) =>
        WireName.TryParse<CaptureField>(sent["captureType"], out var field) ? desk.AskAsync(Agent(context), payment, field, context.RequestAborted) : null);

    public Task<IResult> ChangeAsync(HttpContext context) => ActAsync(context, "Error with changeSession", (sent, payment) => sent["Status"] switch
    {
        "complete" => desk.SubmitAsync(Agent(context), payment, context.RequestAborted),
        "cancel" => desk.CancelAsync(Agent(context), payment, context.RequestAborted),
        _ => null,
    });

    private async Task<IResult> ActAsync(HttpContext context, string error, Func<ApiParameters, PaymentId, Task<DeskAnswer>?> act)
    {
        if (await ApiParameters.ReadAsync(context.Request) is not { } sent) return Unreadable(error);
        if (!CallSid.TryParse(sent["callSid"], out var call)) return Refuse(error, "callSid is missing, or is not the SID of a call");
        if (!PaymentSid.TryParse(sent["paySid"], out var sid)) return Refuse(error, "paySid is missing, or is not the SID of a payment");
        if (await desk.FindAsync(call, sid, context.RequestAborted) is not { } payment) return Refuse(error, "There is no such payment on this call");
        if (act(sent, payment.Id) is not { } acting) return Refuse(error, "captureType or Status is missing, or is not one that Twilio has");
        return await acting switch
        {
            DeskAnswer.Done { Payment.Refusal: { } code } => Refuse(error, $"Twilio refused it with code {code}"),
            DeskAnswer.Done => Results.Text(sid.ToString()),
            DeskAnswer.Refused { Code: "not-yours" } => Results.Text(ApiCaller.Refusal, statusCode: StatusCodes.Status401Unauthorized),
            var refused => Refuse(error, refused),
        };
    }

    private async Task<(CallSid Leg, string? Uui, string? Problem)> LegAsync(CallSid call, CancellationToken cancellation) => await legs.FindAsync(call, cancellation) switch
    {
        PstnLegOutcome.Found found => (found.Leg, found.Uui, null),
        PstnLegOutcome.NotInProgress => (call, null, "The call is not in progress"),
        PstnLegOutcome.NotFound => (call, null, "There is no such call with a customer on the telephone"),
        _ => (call, null, "Twilio cannot be reached just now; nothing was started"),
    };

    /// <summary>Both flags are Twilio's own, and true unless the client says otherwise.</summary>
    private static List<CaptureField> FieldsOf(PaymentProfile profile, ApiParameters sent)
    {
        var usual = PaymentProfiles.FieldsOf(profile).ToList();
        Set(usual, CaptureField.SecurityCode, sent["SecurityCode"]);
        Set(usual, CaptureField.PostalCode, sent["PostalCode"]);
        return usual;
    }

    private static void Set(List<CaptureField> fields, CaptureField field, string? flag)
    {
        if (flag == "false") fields.Remove(field);
        else if (flag == "true" && !fields.Contains(field)) fields.Add(field);
    }

    private static bool TryReadAmount(string? text, out decimal? amount)
    {
        amount = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
        return text is null || amount is not null;
    }

    private static bool TryReadTokenType(string? text, out TokenType? type)
    {
        type = WireName.TryParse<TokenType>(text, out var value) ? value : null;
        return text is null || type is not null;
    }

    private static string Agent(HttpContext context) => context.User.Identity!.Name!;

    private static IResult Unreadable(string error) => Refuse(error, "the body is neither a JSON object nor a form");

    private static IResult Refuse(string error, DeskAnswer answer) => Refuse(error, answer is DeskAnswer.Refused refused ? refused.Words : "unexpected answer");

    private static IResult Refuse(string error, string why) => Results.Text($"{error}: {why}", statusCode: StatusCodes.Status400BadRequest);
}
