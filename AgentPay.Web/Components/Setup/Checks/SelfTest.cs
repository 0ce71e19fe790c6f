using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Setup.Checks;

/// <summary>Runs checks: each within a time limit, and each to an end in words, whatever happens in it.</summary>
public sealed class SelfTest(IEnumerable<ICheck> checks, IStringLocalizer<Words> words, TimeProvider clock, ILogger<SelfTest> log)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    /// <summary>In the order in which they are shown.</summary>
    public IReadOnlyList<ICheck> Checks { get; } = [.. checks];

    /// <exception cref="OperationCanceledException">Only when <paramref name="cancellation"/> says so.</exception>
    public async Task<Finding> RunAsync(ICheck check, CurrentUser admin, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await check.RunAsync(admin, words, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return Finding.Failed(words["There was no answer within {0} seconds.", Patience.TotalSeconds], words["Check the addresses under Configuration, and proxies and firewalls between. Then try again."]);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            log.CheckBroken(bug, check.GetType().Name);
            return Finding.Failed(words["The check itself has failed; this is our mistake."], words["The log tells more."]);
        }
    }
}
