using AgentPay.Web.Payments;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace AgentPay.Web.Components.Payments;

/// <param name="At">UTC; null for what happened before this screen was there.</param>
public sealed record PaymentMoment(DateTimeOffset? At, PaymentMilestone What);

/// <summary>What has happened to one payment, newest last, put together from its snapshots: what the session knows, and from then on each change.</summary>
public sealed class PaymentMoments(IStringLocalizer<Words> l)
{
    private readonly List<PaymentMoment> _all = [];

    public IReadOnlyList<PaymentMoment> All => _all;

    /// <summary>Begins with a payment as it is found.</summary>
    /// <returns>Where it stands.</returns>
    public IReadOnlyList<PaymentMilestone> Begin(PaymentSession session)
    {
        _all.Clear();
        _all.Add(new(session.StartedAt, new(l["Started."], Icons.Material.Rounded.PlayArrow)));
        foreach (var row in session.Rows.Where(row => row.Progress == FieldProgress.Captured))
            _all.Add(new(null, new(PaymentMilestone.Captured(row, session.CardType, l), Icons.Material.Rounded.Check, Parts.Tone.Good)));
        var now = PaymentMilestone.OfPhase(session, l) ?? Open(session);
        if (now is null) return [_all[0].What];
        var isFirst = session.Rows.Count(row => row.Asked > 0) <= 1 && session.Rows.All(row => row.Asked <= 1);
        _all.Add(new(session.Current is null || isFirst ? session.PhaseSince : null, now));
        return [now];
    }

    /// <returns>What is new.</returns>
    public IReadOnlyList<PaymentMilestone> Follow(PaymentSession before, PaymentSession after, DateTimeOffset at)
    {
        IReadOnlyList<PaymentMilestone> news = [.. PaymentMilestone.Between(before, after, l)];
        _all.AddRange(news.Select(what => new PaymentMoment(at, what)));
        return news;
    }

    private PaymentMilestone? Open(PaymentSession session) =>
        session.Current is { } field ? new(l["Asked for {0}.", FieldWords.Of(field, l).The], Icons.Material.Rounded.Dialpad, Parts.Tone.Active) : null;
}
