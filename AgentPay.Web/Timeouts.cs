namespace AgentPay.Web;

/// <summary>
/// Every limit on waiting. Nested limits are in one group, the outermost first: the inner ones fit into it, so that an answer is sent
/// before the other side gives up. <c>TimeoutsTests</c> checks that they fit.
/// </summary>
internal static class Timeouts
{
    // Webhooks. Twilio closes the connection after 15 seconds, and sends the webhook again.

    /// <summary>Twilio: for the answer to a webhook.</summary>
    public static readonly TimeSpan Webhook = TimeSpan.FromSeconds(15);

    /// <summary>One write to Sync with all its retries. Also what a payment callback waits until it is stored.</summary>
    public static readonly TimeSpan SyncWrite = TimeSpan.FromSeconds(12);

    /// <summary>After a change of a payment is stored: for Twilio's answer and for the records. Both go on after that.</summary>
    public static readonly TimeSpan FollowUp = TimeSpan.FromSeconds(2);

    /// <summary>A status webhook of a call that has ended: until its payment has ended as well.</summary>
    public static readonly TimeSpan CallEnd = TimeSpan.FromSeconds(10);

    /// <summary>A status webhook: until the call is stored. All of Twilio's tries together take no longer than its 15 seconds.</summary>
    public static readonly TimeSpan StatusStored = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The webhook of an inbound call: until the call is stored, so that it is usually there when the PBX rings. The caller waits.
    /// </summary>
    public static readonly TimeSpan InboundStored = TimeSpan.FromSeconds(1);

    // Requests to Twilio.

    /// <summary>One try of a request, with its body.</summary>
    public static readonly TimeSpan TwilioTry = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait between two tries. An answer that asks for a longer one (Retry-After) is not retried.</summary>
    public static readonly TimeSpan TwilioRetryWait = TimeSpan.FromSeconds(10);

    // Agents and API clients.

    /// <summary>A request of an API client.</summary>
    public static readonly TimeSpan ApiRequest = TimeSpan.FromSeconds(15);

    /// <summary>A command of an agent: longer than a write, so that its failure is reported as such.</summary>
    public static readonly TimeSpan Command = TimeSpan.FromSeconds(13);

    /// <summary>An API client, after the command: for Twilio's callback. The predecessor gave up after five seconds in all.</summary>
    public static readonly TimeSpan ApiCallback = TimeSpan.FromSeconds(9);

    /// <summary>Looking up a leg of a call: first in Sync, then at Twilio, for each.</summary>
    public static readonly TimeSpan LegLookup = TimeSpan.FromSeconds(3);

    /// <summary>A day of the history: enough for some ten thousand payments.</summary>
    public static readonly TimeSpan History = TimeSpan.FromSeconds(30);

    /// <summary>The call list: then the screen says that it cannot be loaded.</summary>
    public static readonly TimeSpan CallList = TimeSpan.FromSeconds(5);

    /// <summary>One check of the self-test: longer than one try of a request.</summary>
    public static readonly TimeSpan SelfTestCheck = TimeSpan.FromSeconds(12);

    /// <summary>Setting up Sync from the Setup page. A new service is used only after all instances have had time to find it.</summary>
    public static readonly TimeSpan Provisioning = TimeSpan.FromSeconds(90);

    // Background work and start.

    /// <summary>One poll of a watched record.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <summary>The request of the health check.</summary>
    public static readonly TimeSpan HealthCheck = TimeSpan.FromSeconds(5);

    /// <summary>A page or a request with a cookie, after the start: until the key ring has been read.</summary>
    public static readonly TimeSpan KeyRing = TimeSpan.FromSeconds(5);

    /// <summary>A request for a Sync token: until its permissions are set. They are set after that, too.</summary>
    public static readonly TimeSpan TokenPermissions = TimeSpan.FromSeconds(3);

    /// <summary>A request to Entra.</summary>
    public static readonly TimeSpan Entra = TimeSpan.FromSeconds(10);

    /// <summary>One try of a request to Segment.</summary>
    public static readonly TimeSpan SegmentTry = TimeSpan.FromSeconds(10);

    // Shutdown. Kubernetes kills a process 30 seconds after it has asked it to stop.

    /// <summary>For requests under way and for what is still to be written, after the drain time.</summary>
    public static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(25);

    /// <summary>For sending the last events to Segment.</summary>
    public static readonly TimeSpan SegmentShutdown = TimeSpan.FromSeconds(5);
}
