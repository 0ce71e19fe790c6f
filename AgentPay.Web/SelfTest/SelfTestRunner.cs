using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.SelfTest;

/// <summary>Runs checks with a time limit. A timeout or an exception of a check becomes a finding.</summary>
public sealed partial class SelfTestRunner(
    IEnumerable<ICheck> checks, IStringLocalizer<Words> words, TimeProvider clock, ILogger<SelfTestRunner> log)
{
    /// <summary>In the order in which they are shown.</summary>
    public IReadOnlyList<ICheck> Checks { get; } = [.. checks];

    /// <exception cref="OperationCanceledException">Only when <paramref name="cancellation"/> is cancelled.</exception>
    public async Task<Finding> RunAsync(ICheck check, CurrentUser admin, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Timeouts.SelfTestCheck, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await check.RunAsync(admin, words, both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return Finding.Failed(
                words["There was no answer within {0} seconds.", Timeouts.SelfTestCheck.TotalSeconds],
                words["Check the addresses under Configuration, proxies and firewalls. Then try again."]);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            LogFailedCheck(log, bug, check.GetType().Name);
            return Finding.Failed(words["The check itself failed. This is a fault in AgentPay."], words["See the log for details."]);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Self-test check {Check} failed with an exception")]
    private static partial void LogFailedCheck(ILogger log, Exception fault, string check);
}
