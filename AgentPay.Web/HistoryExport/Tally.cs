using AgentPay.Web.Payments;

namespace AgentPay.Web.HistoryExport;

/// <summary>Counts payments of one currency, and adds up their amounts in major units.</summary>
public sealed class Tally
{
    public int Charges { get; private set; }

    public decimal Taken { get; private set; }

    /// <summary>Cards that were saved without a charge.</summary>
    public int Saved { get; private set; }

    public int Failed { get; private set; }

    public int Cancelled { get; private set; }

    public int ToCheck { get; private set; }

    public decimal ToCheckAmount { get; private set; }

    /// <summary>
    /// The share of payments with a result of the gateway that succeeded, from 0 to 1; null when there is none. Cancelled payments and
    /// those that need checking are not counted.
    /// </summary>
    public double? SuccessRate => Charges + Saved + Failed is > 0 and var tried ? (double)(Charges + Saved) / tried : null;

    public void Add(HistoryRecord record, ResultKind kind)
    {
        switch (kind)
        {
            case ResultKind.Succeeded when record.Amount is { } amount:
                (Charges, Taken) = (Charges + 1, Taken + amount);
                break;
            case ResultKind.Succeeded:
                Saved++;
                break;
            case ResultKind.Failed:
                Failed++;
                break;
            case ResultKind.Cancelled:
                Cancelled++;
                break;
            default:
                (ToCheck, ToCheckAmount) = (ToCheck + 1, ToCheckAmount + (record.Amount ?? 0));
                break;
        }
    }
}
