namespace AgentPay.Web.Payments;

/// <summary>Keeps days of the history in memory. With too many records, the days that were read first are removed.</summary>
/// <param name="most">How many records are kept in all.</param>
internal sealed class HistoryCopies(int most)
{
    private readonly Dictionary<DateOnly, HistoryDayRecords> _days = [];
    private readonly Lock _lock = new();

    /// <summary>Returns the records of the day; null when they are not kept, or were read before <paramref name="since"/>.</summary>
    public HistoryDayRecords? Find(DateOnly day, DateTimeOffset since)
    {
        lock (_lock) return _days.TryGetValue(day, out var copy) && copy.ReadAt >= since ? copy : null;
    }

    public void Keep(DateOnly day, HistoryDayRecords read)
    {
        lock (_lock)
        {
            _days[day] = read;
            var count = _days.Values.Sum(copy => copy.Records.Count);
            foreach (var (oldest, copy) in _days.OrderBy(kept => kept.Value.ReadAt).ToList())
            {
                if (count <= most) return;
                _days.Remove(oldest);
                count -= copy.Records.Count;
            }
        }
    }
}
