namespace AgentPay.Web;

/// <summary>
/// All timeouts. Nested timeouts are in one group, the outermost first. The inner ones are shorter, so that an answer is sent before the
/// other side gives up. <c>TimeoutsTests</c> checks this.
/// </summary>
internal static class Timeouts
{
    // Webhooks. Twilio closes the connection after 15 seconds, and sends the webhook again.

    /// <summary>Twilio's timeout for the answer to a webhook.</summary>
    public static readonly TimeSpan Webhook = TimeSpan.FromSeconds(15);

    /// <summary>One write to Sync with all its retries. A payment callback waits this long until it is stored.</summary>
    public static readonly TimeSpan SyncWrite = TimeSpan.FromSeconds(12);

    /// <summary>
    /// The wait for Twilio's answer and the records, after the change of a payment is stored. Both continue after the timeout.
    /// </summary>
    public static readonly TimeSpan FollowUp = TimeSpan.FromSeconds(2);

    /// <summary>The wait of a status webhook of an ended call, until its payment has ended too.</summary>
    public static readonly TimeSpan CallEnd = TimeSpan.FromSeconds(10);

    /// <summary>The wait of a status webhook until the call is stored. All retries of Twilio together fit into 15 seconds.</summary>
    public static readonly TimeSpan StatusStored = TimeSpan.FromSeconds(3);

    // Requests to Twilio.

    /// <summary>One attempt of a request, including its body.</summary>
    public static readonly TimeSpan TwilioTry = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait between two attempts. An answer with a longer <c>Retry-After</c> is not retried.</summary>
    public static readonly TimeSpan TwilioRetryWait = TimeSpan.FromSeconds(10);

    // Agents and API clients.

    /// <summary>A request of an API client.</summary>
    public static readonly TimeSpan ApiRequest = TimeSpan.FromSeconds(15);

    /// <summary>A command of an agent. It is longer than a write, so that a failed write is reported as such.</summary>
    public static readonly TimeSpan Command = TimeSpan.FromSeconds(13);

    /// <summary>The wait of an API client for Twilio's callback, after the command. The predecessor waited five seconds in all.</summary>
    public static readonly TimeSpan ApiCallback = TimeSpan.FromSeconds(9);

    /// <summary>Each of two lookups of a call's leg: first in Sync, then at Twilio.</summary>
    public static readonly TimeSpan LegLookup = TimeSpan.FromSeconds(3);

    /// <summary>Loading a day of the history, which is enough for about ten thousand payments.</summary>
    public static readonly TimeSpan History = TimeSpan.FromSeconds(30);

    /// <summary>Loading the call list. After this, the page reports that it cannot be loaded.</summary>
    public static readonly TimeSpan CallList = TimeSpan.FromSeconds(5);

    /// <summary>One check of the self-test. It is longer than one attempt of a request.</summary>
    public static readonly TimeSpan SelfTestCheck = TimeSpan.FromSeconds(12);

    /// <summary>The setup of Sync from the Setup page. A new service is used only after all instances have had time to find it.</summary>
    public static readonly TimeSpan Provisioning = TimeSpan.FromSeconds(90);

    // Background work and start.

    /// <summary>One poll of a watched record.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <summary>Listing the payments for the supervisor's board, which is enough for thousands of them.</summary>
    public static readonly TimeSpan BoardList = TimeSpan.FromSeconds(15);

    /// <summary>The health check's request to Sync.</summary>
    public static readonly TimeSpan HealthCheck = TimeSpan.FromSeconds(5);

    /// <summary>The wait of a page or a request with a cookie until the key ring is loaded, after the start.</summary>
    public static readonly TimeSpan KeyRing = TimeSpan.FromSeconds(5);

    /// <summary>The wait of a request for a Sync token until its permissions are set. They are still set after the timeout.</summary>
    public static readonly TimeSpan TokenPermissions = TimeSpan.FromSeconds(3);

    /// <summary>A request to Entra.</summary>
    public static readonly TimeSpan Entra = TimeSpan.FromSeconds(10);

    /// <summary>One attempt of a request to Segment.</summary>
    public static readonly TimeSpan SegmentTry = TimeSpan.FromSeconds(10);

    /// <summary>One attempt to report a payment to the recorder of the PBX.</summary>
    public static readonly TimeSpan EventTry = TimeSpan.FromSeconds(3);

    /// <summary>The wait for the recorder before a payment is started: one attempt, and the write of its result.</summary>
    public static readonly TimeSpan EventStart = TimeSpan.FromSeconds(5);

    // Shutdown. Kubernetes kills a process 30 seconds after it has asked it to stop.

    /// <summary>The time for running requests and pending writes, after the drain time.</summary>
    public static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(25);

    /// <summary>The time to send the last events to Segment.</summary>
    public static readonly TimeSpan SegmentShutdown = TimeSpan.FromSeconds(5);
}
