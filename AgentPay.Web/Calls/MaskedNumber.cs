namespace AgentPay.Web.Calls;

/// <summary>A telephone number for the log: no more of it than its last three digits.</summary>
internal readonly record struct MaskedNumber(string? Number)
{
    private const int ShortestShown = 6;

    public override string ToString()
    {
        var digits = Number?.Where(char.IsAsciiDigit).ToArray() ?? [];
        return digits.Length < ShortestShown ? "***" : "***" + new string(digits[^3..]);
    }
}
