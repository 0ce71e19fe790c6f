using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary>What the predecessor's routes answer, in its words: the payment's SID as text, or what went wrong as text.</summary>
internal static class ApiAnswer
{
    public static IResult NotAuthorised => Results.Text("Authorisation Error", statusCode: StatusCodes.Status401Unauthorized);

    public static IResult Payment(PaymentSid payment) => Results.Text(payment.ToString());

    /// <param name="error">The route's own beginning, such as <c>Error with StartCapture</c>.</param>
    public static IResult Refused(string error, string why, int status = StatusCodes.Status400BadRequest) => Results.Text($"{error}: {why}", statusCode: status);
}
