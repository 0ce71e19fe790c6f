using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.WebPages;

/// <summary>Why a page of the console was not opened.</summary>
public enum PageRefusal
{
    /// <summary>The person has too many pages open.</summary>
    Person,

    /// <summary>This instance has too many pages open.</summary>
    Instance,
}

/// <summary>
/// Counts the open pages of the console on this instance, and refuses more than <see cref="ConsoleOptions.MaxPages"/>, and more than
/// <see cref="ConsoleOptions.MaxPagesPerPerson"/> of one person. Each open page holds its circuit's memory.
/// </summary>
public sealed class OpenPages
{
    public const string MeterName = "AgentPay.Pages";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _byPerson = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConsoleOptions _options;
    private readonly Counter<long> _refused;
    private int _open;

    public OpenPages(IOptions<ConsoleOptions> options, IMeterFactory meters)
    {
        _options = options.Value;
        var meter = meters.Create(MeterName);
        _refused = meter.CreateCounter<long>("agentpay.pages.refused", "{page}", "Pages that were not opened because of a limit");
        meter.CreateObservableGauge("agentpay.pages.open", () => _open, "{page}", "Pages of the console with a connection");
    }

    /// <summary>Counts a page; null when it may open, otherwise it is not counted.</summary>
    /// <param name="person">Identifies the person; empty for somebody who is not signed in.</param>
    internal PageRefusal? Open(string person)
    {
        lock (_lock)
        {
            var refusal = _open >= _options.MaxPages ? PageRefusal.Instance
                : _byPerson.GetValueOrDefault(person) >= _options.MaxPagesPerPerson ? PageRefusal.Person
                : (PageRefusal?)null;
            if (refusal is null) Count(person);
            else _refused.Add(1, new KeyValuePair<string, object?>("limit", refusal == PageRefusal.Person ? "person" : "instance"));
            return refusal;
        }
    }

    /// <summary>Counts a page that was open before and has connected again. It is never refused.</summary>
    internal void Reopen(string person)
    {
        lock (_lock) Count(person);
    }

    internal void Close(string person)
    {
        lock (_lock)
        {
            _open--;
            if (--_byPerson[person] == 0) _byPerson.Remove(person);
        }
    }

    private void Count(string person)
    {
        _open++;
        _byPerson[person] = _byPerson.GetValueOrDefault(person) + 1;
    }
}
