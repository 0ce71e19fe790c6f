namespace AgentPay.Web.Calls;

// Formats a telephone number for the log: only its last three digits.
internal readonly record struct MaskedNumber(string? Number)
{
    private const int MinDigits = 6;

    public override string ToString()
    {
        var digits = Number?.Where(char.IsAsciiDigit).ToArray() ?? [];
        return digits.Length < MinDigits ? "***" : "***" + new string(digits[^3..]);
    }
}
