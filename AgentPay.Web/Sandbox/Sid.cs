using System.Security.Cryptography;

namespace AgentPay.Web.Sandbox;

/// <summary>Twilio's identifiers: two letters and 32 hexadecimal digits.</summary>
public static class Sid
{
    public static string New(string prefix) => prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public static bool Is(string prefix, string? text) =>
        text?.Length == 34 && text.StartsWith(prefix, StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExcept(Hex) < 0;

    private static readonly System.Buffers.SearchValues<char> Hex = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
