namespace AgentPay.Web.Sandbox.Pay;

/// <summary>Digits, which Twilio does not mask. No country is known, so only #, a pause or the tenth digit ends it.</summary>
public sealed class PostalCodeEntry(int minLength) : FieldEntry
{
    public const int MostDigits = 10;

    public override bool IsFull => Digits.Length == MostDigits;

    public override int Shortest => minLength;

    public override string? Problem() => IsTooShort ? ErrorTypes.InvalidPostalCode : null;
}
