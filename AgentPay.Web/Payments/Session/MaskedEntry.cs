using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>An entry as it may be shown: one place per digit, in groups.</summary>
/// <param name="Shown">Dots and the digits that Twilio shows; shorter than all places while the caller is entering.</param>
/// <param name="Groups">The number of places in each group. Their sum is at least the length of <paramref name="Shown"/>.</param>
public sealed record MaskedEntry(string Shown, params int[] Groups)
{
    private const char Dot = '•';

    public static MaskedEntry Of(CaptureRow row, string? cardType)
    {
        var shown = new string([.. (row.Shown ?? "").Select(c => char.IsAsciiDigit(c) ? c : Dot)]);
        return (row.Field, row.Progress) switch
        {
            // Twilio shows one character per digit. The length of a security code stays hidden until the code is complete.
            (CaptureField.SecurityCode or CaptureField.SecurityCodeMatcher, FieldProgress.Entering) => new("•••", 3),
            (CaptureField.SecurityCode or CaptureField.SecurityCodeMatcher, FieldProgress.Captured) => Filled(shown, 3),
            (CaptureField.SecurityCode or CaptureField.SecurityCodeMatcher, _) => new("", 3),
            (CaptureField.ExpirationDate or CaptureField.ExpirationDateMatcher, FieldProgress.Captured) when shown.Length == 0 =>
                new("••••", 2, 2),
            (CaptureField.ExpirationDate or CaptureField.ExpirationDateMatcher, _) => new(shown, 2, 2),
            (CaptureField.PaymentCardNumber or CaptureField.PaymentCardNumberMatcher, var progress) =>
                Grouped(shown, CardBrand.Of(cardType), progress),
            (_, FieldProgress.Captured) => Filled(shown, 5),
            (CaptureField.BankRoutingNumber or CaptureField.BankAccountNumber, _) => new(shown, Math.Max(9, shown.Length)),
            _ => new(shown, Math.Max(5, shown.Length)),
        };
    }

    /// <summary>Returns the digits at the end of a mask: four of a card, two of an account; empty when there are none.</summary>
    public static string LastDigits(string? shown) =>
        shown is null || shown.Length == 0 || char.IsAsciiDigit(shown[0]) ? "" : shown[shown.AsSpan().TrimEnd("0123456789").Length..];

    /// <summary>
    /// Returns the places in groups. Each has its character, null when the digit is missing. The first missing digit is the next.
    /// </summary>
    public IEnumerable<(char? Shown, bool IsNext)[]> Places()
    {
        var start = 0;
        return Groups.Select(size => Enumerable.Range((start += size) - size, size)
            .Select(at => (at < Shown.Length ? Shown[at] : (char?)null, at == Shown.Length)).ToArray());
    }

    /// <summary>Returns the entry in groups, with a middle dot for each missing digit.</summary>
    public string Text(char separator)
    {
        var padded = Shown.PadRight(Groups.Sum(), '·');
        var at = 0;
        return string.Join(separator, Groups.Select(size => padded[at..(at += size)]));
    }

    private static MaskedEntry Filled(string shown, int usual) =>
        shown.Length == 0 ? new(new(Dot, usual), usual) : new(shown, shown.Length);

    private static MaskedEntry Grouped(string shown, CardBrand brand, FieldProgress progress)
    {
        var places = progress == FieldProgress.Captured ? shown.Length : Math.Max(shown.Length, brand.Groups.Sum());
        var groups = new List<int>();
        for (var left = places; left > 0; left -= groups[^1])
            groups.Add(Math.Min(left, groups.Count < brand.Groups.Length ? brand.Groups[groups.Count] : 4));
        return new(shown, [.. groups]);
    }
}
