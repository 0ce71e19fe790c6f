using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary>The answers of the predecessor's routes, as plain text: the SID of the payment, or an error message.</summary>
internal static class ApiAnswer
{
    public static IResult NotAuthorised => Results.Text("Authorisation Error", statusCode: StatusCodes.Status401Unauthorized);

    public static IResult Payment(PaymentSid payment) => Results.Text(payment.ToString());

    /// <param name="error">The prefix of the route's errors, such as <c>Error with StartCapture</c>.</param>
    public static IResult Refused(string error, string why, int status = StatusCodes.Status400BadRequest) =>
        Results.Text($"{error}: {why}", statusCode: status);
}
