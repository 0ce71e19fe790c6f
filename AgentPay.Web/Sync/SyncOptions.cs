using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>
/// The section <c>Sync</c>: the service that stores AgentPay's data, the lifetime of objects, and the polling intervals.
/// </summary>
public sealed class SyncOptions
{
    public const string Section = "Sync";

    /// <summary>The longest lifetime that Sync accepts.</summary>
    public static readonly TimeSpan MaxTtl = TimeSpan.FromDays(365);

    // Sync accepts whole seconds, up to a year. With less than a minute, records of running calls and payments would expire.
    private const string ShortestTtl = "00:01:00";
    private const string LongestTtl = "365.00:00:00";
    private const string LongestHistory = "3660.00:00:00";

    // Sync limits the reads of one object to 20 a second, for all instances together.
    private const string ShortestPoll = "00:00:00.25";
    private const string LongestPoll = "00:01:00";

    /// <summary>SID of the service. If it is not set, the service named <see cref="ServiceName"/> is used or created.</summary>
    [RegularExpression("IS" + Pattern.Sid, ErrorMessage = "{0} must be IS and 32 hexadecimal digits. Example: IS" + Pattern.SomeSid + ".")]
    public string? ServiceSid { get; set; }

    [MaxLength(64, ErrorMessage = "{0} must have at most {1} characters. Example: AgentAssistedPaySync.")]
    public string ServiceName { get; set; } = "AgentAssistedPaySync";

    /// <summary>Lifetime of calls, payments and map items in progress.</summary>
    [Range(typeof(TimeSpan), ShortestTtl, LongestTtl)]
    public TimeSpan ItemTtl { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long calls and payments are kept after their end.</summary>
    [Range(typeof(TimeSpan), ShortestTtl, LongestTtl)]
    public TimeSpan EndedTtl { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long history records are kept. Sync's own lifetimes end at <see cref="MaxTtl"/>: for more, records do not expire, and
    /// AgentPay deletes the map of a day.
    /// </summary>
    [Range(typeof(TimeSpan), ShortestTtl, LongestHistory)]
    public TimeSpan HistoryTtl { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Polling interval for objects that change often. Polling shows changes by other instances.</summary>
    [Range(typeof(TimeSpan), ShortestPoll, LongestPoll)]
    public TimeSpan BusyPoll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Polling interval for objects that change rarely.</summary>
    [Range(typeof(TimeSpan), ShortestPoll, LongestPoll)]
    public TimeSpan IdlePoll { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Number of polling intervals without a successful poll after which screens show "Updates delayed".</summary>
    [Range(1, 100)]
    public int DelayedAfter { get; set; } = 3;

    /// <summary>
    /// How long an instance waits before it uses a new service, so that instances that start together choose the same one. It must cover
    /// one second, the resolution of Sync's dates, plus the time until Sync lists a new service. Use zero for a single instance.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Settling { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Also writes half-typed, masked digits to <c>payMap</c>, at most twice a second for each payment, for front ends that show them. All
    /// payments share the map's rate limit.
    /// </summary>
    public bool MirrorPartials { get; set; }

    /// <summary>
    /// Writes a second that Sync accepts for one object, averaged over ten seconds. Change it only if Twilio has changed the limit of the
    /// account.
    /// </summary>
    [Range(1, 10_000)]
    public int WritesPerSecond { get; set; } = 20;

    /// <summary>
    /// The access of Sync tokens. Null grants access to the maps of front ends. True grants access to the payment documents of the token's
    /// own agent. Both enable the service's access control, so a token has no other access. False disables access control: every token can
    /// read and change everything.
    /// </summary>
    public bool? AclEnabled { get; set; }
}

[OptionsValidator]
internal sealed partial class SyncOptionsValidator : IValidateOptions<SyncOptions>;
