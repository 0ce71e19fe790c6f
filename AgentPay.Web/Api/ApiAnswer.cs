using System.Globalization;
using AgentPay.Web.Payments;
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

    /// <summary>503 with <c>Retry-After</c> in seconds: nothing was started, and the same request can be sent again.</summary>
    /// <inheritdoc cref="Refused" path="/param"/>
    public static IResult Busy(string error, string why, HttpResponse response)
    {
        response.Headers.RetryAfter = DeskAnswer.BusyWait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return Refused(error, why, StatusCodes.Status503ServiceUnavailable);
    }
}
