namespace AgentPay.Web.Tests.Support;

/// <summary>
/// How long a test waits, in real time, for what must come. Only a failing test waits that long, so it is generous: the machine may
/// be busy.
/// </summary>
internal static class TestLimit
{
    public static readonly TimeSpan Time = TimeSpan.FromMinutes(2);
}
