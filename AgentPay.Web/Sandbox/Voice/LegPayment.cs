namespace AgentPay.Web.Sandbox.Voice;

/// <summary>How a payment stands, as far as it concerns whoever holds the telephone. No digit is in it.</summary>
/// <param name="Phase"><c>collecting</c>, <c>confirming</c>, <c>submitting</c> or <c>ended</c>.</param>
/// <param name="Field">What the caller is to key in now, as in Twilio's <c>Capture</c>; null while nothing is listened for.</param>
/// <param name="Ask">Tells one request for a field from the next, which may be for the same.</param>
/// <param name="Keys">How many digits of the field have been keyed in.</param>
/// <param name="Shortest">How many digits it needs at least.</param>
/// <param name="Problem">Twilio's <c>ErrorType</c> when the field asked for last was refused.</param>
/// <param name="Result">Twilio's <c>Result</c>, once the payment has ended.</param>
public sealed record LegPayment(string Sid, string Phase, string? Field, int Ask, int Keys, int Shortest, string? Problem, string? Result);
