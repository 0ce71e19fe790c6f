using System.Globalization;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.HistoryExport;

/// <summary>
/// Finds a text in the references, description, ids, codes, last four digits, profile, agents, caller's number and amount of a payment.
/// </summary>
public sealed class HistorySearch
{
    private const int FewestDigits = 3;

    private readonly string _text;
    private readonly string? _digits;
    private readonly decimal[] _amounts;
    private readonly string? _currency;

    /// <param name="text">
    /// An amount in it is read in the current culture. It may have its currency before or after it: a code, or a sign.
    /// </param>
    public HistorySearch(string text)
    {
        _text = text;
        _digits = DigitsOf(text);
        (var number, _currency) = SplitCurrency(text);
        var typed = AmountText.Parse(number, CultureInfo.CurrentCulture, 2);
        decimal?[] amounts = [typed.Amount, typed.Readings?.Large, typed.Readings?.Small];
        _amounts = [.. amounts.OfType<decimal>()];
    }

    public bool Matches(HistoryRecord record) =>
        TextsOf(record).Any(text => text?.Contains(_text, StringComparison.OrdinalIgnoreCase) == true)
        || (record.Amount is { } amount && _amounts.Contains(amount)
            && (_currency is null || _currency.Equals(record.Currency, StringComparison.OrdinalIgnoreCase)))
        || (_digits is not null && record.Caller is { } caller && OnlyDigits(caller).Contains(_digits, StringComparison.Ordinal));

    private static IEnumerable<string?> TextsOf(HistoryRecord record)
    {
        IEnumerable<string> agents = [record.Agent, .. record.AgentChanges?.SelectMany(change => new[] { change.From, change.To }) ?? []];
        return
        [
            record.Reference, record.Description, record.Call.ToString(), record.Payment?.ToString(), record.Uui, record.Id.ToString(),
            record.Confirmation, record.Token, record.ProfileId, record.LastFour, record.Profile, record.Closing?.Reference, record.Caller,
            .. agents, .. agents.Select(agent => AgentName.Of(agent, null)),
        ];
    }

    /// <summary>Returns the number, and the code of its currency; null without a currency, and for a sign of several currencies.</summary>
    private static (string Number, string? Currency) SplitCurrency(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0) return (text, null);
        if (IsSign(trimmed[0])) return (trimmed[1..], CodeOf(trimmed[0]));
        if (IsSign(trimmed[^1])) return (trimmed[..^1], CodeOf(trimmed[^1]));
        if (trimmed.Length <= 3) return (text, null);
        if (Currency.TryParse(trimmed[..3], out var before)) return (trimmed[3..], before.Code);
        return Currency.TryParse(trimmed[^3..], out var after) ? (trimmed[..^3], after.Code) : (text, null);
    }

    private static bool IsSign(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;

    private static string? CodeOf(char sign) => sign switch
    {
        '€' => "EUR",
        '₹' => "INR",
        _ => null,
    };

    // 0400 000 009 and +61 400 000 009 are the same number: a trunk prefix of zeros is not part of E.164.
    private static string? DigitsOf(string text)
    {
        if (text.Any(c => !char.IsAsciiDigit(c) && c is not ('+' or '(' or ')' or '-' or '.' or '/' or ' '))) return null;
        var digits = OnlyDigits(text).TrimStart('0');
        return digits.Length < FewestDigits ? null : digits;
    }

    private static string OnlyDigits(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
