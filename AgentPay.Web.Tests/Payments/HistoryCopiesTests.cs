using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Components.History;

namespace AgentPay.Web.Tests.Payments;

public sealed class HistoryCopiesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private readonly HistoryCopies _copies = new(most: 5);

    [Fact]
    public void Keep_MoreRecordsThanAllowed_RemovesTheDaysThatWereReadFirst()
    {
        Keep(day: 3, readAtMinute: 1, records: 2);
        Keep(day: 1, readAtMinute: 2, records: 2);
        Keep(day: 2, readAtMinute: 3, records: 2);

        Kept().ShouldBe([1, 2]);
    }

    [Fact]
    public void Keep_ADayAgain_ReplacesItsRecords()
    {
        Keep(day: 1, readAtMinute: 1, records: 4);
        Keep(day: 2, readAtMinute: 2, records: 1);
        Keep(day: 1, readAtMinute: 3, records: 4);

        Kept().ShouldBe([1, 2]);
    }

    [Fact]
    public void Keep_ADayWithMoreRecordsThanAllowed_KeepsNothing()
    {
        Keep(day: 1, readAtMinute: 1, records: 1);
        Keep(day: 2, readAtMinute: 2, records: 6);

        Kept().ShouldBeEmpty();
    }

    [Fact]
    public void Find_ACopyThatIsTooOld_FindsNothing()
    {
        Keep(day: 1, readAtMinute: 1, records: 1);

        _copies.Find(new(2026, 11, 1), Now.AddMinutes(1)).ShouldNotBeNull();
        _copies.Find(new(2026, 11, 1), Now.AddMinutes(2)).ShouldBeNull();
    }

    private void Keep(int day, int readAtMinute, int records) => _copies.Keep(
        new(2026, 11, day), new([.. Enumerable.Range(0, records).Select(_ => ARecord.Of(ARecord.Amara, Now))], Now.AddMinutes(readAtMinute)));

    private IEnumerable<int> Kept() => Enumerable.Range(1, 3).Where(day => _copies.Find(new(2026, 11, day), Now) is not null);
}
