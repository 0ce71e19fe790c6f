using System.Globalization;
using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.ScreenPops;

/// <summary>
/// The parameters in the console's URL: the call to open, by UUI or by the SID of any of its legs, and initial values of the payment form.
/// <see cref="Problems"/> describes invalid parameters without repeating their values, because a URL may contain anything.
/// </summary>
public sealed record ScreenPop
{
    // The same limit as in PaymentPlanner.
    private const int LongestText = 200;

    private const string Page = "pay";

    public CallSid? Sid { get; private init; }

    /// <summary>Null if there is a <see cref="Sid"/>, which takes precedence: a PBX may reuse a UUI.</summary>
    public string? Uui { get; private init; }

    public PaymentDraft Draft { get; private init; } = new();

    /// <summary>One message for each invalid parameter, with the problem and what to do.</summary>
    public IReadOnlyList<string> Problems { get; private init; } = [];

    public bool HasCall => Sid is not null || Uui is not null;

    /// <summary>The call's SID or UUI in the URL; empty if there is none.</summary>
    public string Name => Sid?.ToString() ?? Uui ?? "";

    public static bool IsAt(string relativeAddress) => relativeAddress.Split('?', '#')[0].Trim('/') is "" or Page;

    public static ScreenPop Read(string address, PaymentProfiles profiles, IStringLocalizer<Words> words)
    {
        var fragment = address.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0) address = address[..fragment];
        var query = address.IndexOf('?', StringComparison.Ordinal);
        var problems = new List<string>();
        var reader = new ScreenPopReader(QueryHelpers.ParseQuery(query < 0 ? "" : address[query..]), problems, words);
        var (sid, uui) = reader.Call();
        var currency = reader.Currency();
        var profile = reader.Profile(profiles);
        return new()
        {
            Sid = sid,
            Uui = uui,
            Draft = new(
                reader.Amount(currency ?? (profiles.Find(profile) ?? profiles.All[0]).Currency), currency,
                reader.Text("description", LongestText), reader.Text("reference", LongestText), profile),
            Problems = problems,
        };
    }

    public bool IsOf(Call call) => Sid is { } sid ? call.HasLeg(sid) : Uui is not null && call.Uui == Uui;

    /// <summary>Returns the URL that opens a call, relative to the base.</summary>
    /// <param name="draft">Initial values of the form; null for an empty form.</param>
    public static string AddressOf(Call call, PaymentDraft? draft) => QueryHelpers.AddQueryString(Page, new Dictionary<string, string?>
    {
        ["callSid"] = call.PstnSid.ToString(),
        ["amount"] = draft?.Amount?.ToString(CultureInfo.InvariantCulture),
        ["currency"] = draft?.Currency,
        ["description"] = draft?.Description,
        ["reference"] = draft?.Reference,
        ["profile"] = draft?.Profile,
    }.Where(field => field.Value is not null));
}
