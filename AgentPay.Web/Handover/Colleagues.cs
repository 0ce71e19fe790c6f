using System.Collections.Concurrent;
using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Handover;

/// <summary>
/// Lists the people who have the console open on any instance. Every console page reports its user at each <see cref="Interval"/>. An
/// entry expires <see cref="Lifetime"/> after the last report.
/// </summary>
public sealed class Colleagues(MapStore maps, SyncAcl acl, TimeProvider clock) : IDisposable
{
    public const string Map = "agents";

    /// <summary>How often a page reports its user.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // One write at a time. While Sync is not responding, reports must not use the slots of SyncWriter that payments need.
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _reported = new();

    /// <summary>
    /// Records that the person has the console open. Costs one write for each <see cref="Interval"/>, regardless of how many pages the
    /// person has open on this instance.
    /// </summary>
    public async Task ReportAsync(CurrentUser agent, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!agent.IsAgent || (_reported.TryGetValue(agent.PrincipalName, out var at) && now - at < Interval)) return;
        foreach (var old in _reported.Where(person => now - person.Value > Lifetime)) _reported.TryRemove(old);
        _reported[agent.PrincipalName] = now;
        await _writing.WaitAsync(cancellation);
        try
        {
            var (key, colleague) = (agent.PrincipalName, new Colleague(agent.PrincipalName, agent.Name));
            await maps.UpsertAsync(Map, key, colleague, Lifetime, expectNew: at == default, SyncUrgency.Normal, cancellation);
            await acl.CloseAsync(Map, cancellation);
        }
        catch (ServiceUnavailableException)
        {
            // So the next report is not skipped.
            _reported.TryRemove(agent.PrincipalName, out _);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    /// <summary>Returns everyone except the viewer, ordered by name.</summary>
    /// <exception cref="ServiceUnavailableException">Sync is not available.</exception>
    public async Task<IReadOnlyList<Colleague>> ListAsync(CurrentUser viewer, CancellationToken cancellation)
    {
        var all = await maps.ListAsync<Colleague>(Map, cancellation).Select(item => item.Data).ToListAsync(cancellation);
        return [.. all.Where(person => !person.PrincipalName.Equals(viewer.PrincipalName, StringComparison.OrdinalIgnoreCase))
            .OrderBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase)];
    }
}
