using System.Globalization;
using System.Text.Json;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using CsvHelper;

namespace AgentPay.Web.HistoryExport;

/// <summary>
/// Writes payments as CSV (RFC 4180) in UTF-8 with a byte order mark. Times are ISO 8601 in UTC. Amounts have a decimal point in every
/// culture. <c>result</c> is Twilio's value, and <c>outcome</c> is the <see cref="ResultKind"/> that the page shows. <c>check</c> is the
/// supervisor's result for a payment that needed checking. <c>day</c> is the day in the organisation's time zone. Add new
/// columns at the end.
/// </summary>
public static class HistoryCsv
{
    private static (string Title, Func<HistoryRecord, string?> Value)[] Columns(TimeZoneInfo zone) =>
    [
        ("started", record => Time(record.Started)),
        ("ended", record => Time(record.Ended)),
        ("agent", record => Text(record.Agent)),
        ("result", record => Text(record.Result)),
        ("amount", Amount),
        ("currency", record => Text(record.Currency)),
        ("profile", record => Text(record.Profile)),
        ("reference", record => Text(record.Reference)),
        ("card", record => Text(record.CardType)),
        ("last_four", record => Text(record.LastFour)),
        ("confirmation", record => Text(record.Confirmation)),
        ("token", record => Text(record.Token)),
        ("profile_id", record => Text(record.ProfileId)),
        ("error_code", record => record.Code?.ToString(CultureInfo.InvariantCulture)),
        ("call_sid", record => Text(record.Call.ToString())),
        ("payment_sid", record => Text(record.Payment?.ToString())),
        ("uui", record => Text(record.Uui)),
        ("id", record => Text(record.Id.ToString())),
        ("outcome", record => ResultKinds.NameOf(PaymentResult.Of(record).Kind)),
        ("gateway_error", record => Text(record.ConnectorError)),
        ("check", record => record.Closing is { } closing ? closing.IsCharged ? "charged" : "not-charged" : null),
        ("check_reference", record => Text(record.Closing?.Reference)),
        ("check_note", record => Text(record.Closing?.Note)),
        ("check_by", record => Text(record.Closing?.By)),
        ("check_at", record => record.Closing is { } closing ? Time(closing.At) : null),
        ("agent_changes", record => Text(AgentChanges(record))),
        ("recording", record => Text(Recording(record))),
        ("day", record => new HistoryDay(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(record.Started, zone).DateTime), zone).Name),
        ("agent_name", record => Text(AgentName.Of(record.Agent, null))),
        ("description", record => Text(record.Description)),
        ("caller", record => Text(record.Caller)),
        ("gateway_text", record => Text(record.GatewayText)),
        ("outputs", record => Text(Outputs(record))),
        ("receipt", record => Text(Receipt(record))),
    ];

    /// <param name="zone">Decides the <c>day</c> of a payment.</param>
    /// <param name="isFirst">Whether the file begins here: with the byte order mark and the titles.</param>
    public static byte[] Write(IEnumerable<HistoryRecord> records, TimeZoneInfo zone, bool isFirst = true)
    {
        var columns = Columns(zone);
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = isFirst }, leaveOpen: true))
        {
            if (isFirst) csv.WriteHeader([.. columns.Select(column => column.Title)]);
            foreach (var record in records) csv.WriteRecord([.. columns.Select(column => column.Value(record))]);
        }
        return file.ToArray();
    }

    // Example: 2026-11-29T10:42:00Z taken-over amara@example.com > priya@example.com. Entries are separated by semicolons.
    private static string? AgentChanges(HistoryRecord record) =>
        record.AgentChanges is null ? null : string.Join("; ", record.AgentChanges.Select(Line));

    private static string Line(AgentChange change)
    {
        var kind = change.Kind == AgentChangeKind.TakenOver ? "taken-over" : change.IsTransfer ? "transferred" : "handed-over";
        return $"{Time(change.At)} {kind} {change.From} > {change.To}";
    }

    // Example: 2026-11-29T10:42:00Z paused; 2026-11-29T10:43:10Z resumed. A failed step ends with Twilio's error code.
    private static string? Recording(HistoryRecord record) => record.RecordingSteps is null
        ? null
        : string.Join("; ", record.RecordingSteps.Select(step =>
        {
            var kind = JsonNamingPolicy.KebabCaseLower.ConvertName(step.Kind.ToString());
            return FormattableString.Invariant($"{Time(step.At)} {kind} {step.Code}").TrimEnd();
        }));

    // Example: order_id=4711; risk=low. Outputs that did not fit into the record are counted: (+3).
    private static string? Outputs(HistoryRecord record) => record.Outputs is null
        ? null
        : string.Join("; ", record.Outputs.Select(output => $"{output.Key}={output.Value}"))
            + (record.OutputsLeftOut is { } left ? string.Create(CultureInfo.InvariantCulture, $" (+{left})") : "");

    // Example: 2026-11-29T10:44:00Z not-delivered 678 30006: the last digits of the number, and Twilio's error code if there is one.
    private static string? Receipt(HistoryRecord record) => record.Receipt is not { } receipt
        ? null
        : FormattableString.Invariant($"{Time(receipt.At)} {NameOf(receipt.State)} {receipt.NumberEnd} {receipt.Code}").TrimEnd();

    private static string NameOf(ReceiptState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    private static string? Amount(HistoryRecord record)
    {
        var decimals = Currency.TryParse(record.Currency, out var currency) ? currency.Decimals : 2;
        return record.Amount?.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    // Spreadsheets run text that begins like a formula. A leading apostrophe prevents this.
    // The protection in the CSV package checks only the first character: it misses formulas after spaces and full-width characters.
    private static string? Text(string? text) =>
        text?.TrimStart(' ') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..]
            ? "'" + text
            : text;
}
