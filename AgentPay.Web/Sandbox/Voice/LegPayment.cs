namespace AgentPay.Web.Sandbox.Voice;

/// <summary>The state of a payment as the phone page shows it. It contains no digits.</summary>
/// <param name="Phase"><c>collecting</c>, <c>confirming</c>, <c>submitting</c> or <c>ended</c>.</param>
/// <param name="Field">The requested field, as in Twilio's <c>Capture</c>; null while no input is captured.</param>
/// <param name="Ask">Number of the request for input. A repeated request for the same field gets a new number.</param>
/// <param name="Keys">How many digits of the field have been entered.</param>
/// <param name="Shortest">The minimum number of digits.</param>
/// <param name="Problem">Twilio's <c>ErrorType</c> if the last field was invalid.</param>
/// <param name="Result">Twilio's <c>Result</c> after the payment has ended.</param>
public sealed record LegPayment(string Sid, string Phase, string? Field, int Ask, int Keys, int Shortest, string? Problem, string? Result);
