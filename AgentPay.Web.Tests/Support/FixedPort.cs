using System.Net;
using System.Net.Sockets;

namespace AgentPay.Web.Tests.Support;

/// <summary>
/// Ports for servers that stop and come back at the same address. They lie below those that the system gives to connections (from
/// 32768 on Linux, 49152
/// on Windows), so that nothing takes one while its server is stopped.
/// </summary>
internal static class FixedPort
{
    private const int First = 20_000;
    private const int Count = 10_000;

    private static int _next = Random.Shared.Next(Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref _next) & int.MaxValue) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // In use: the next one may be free.
            }
        }
    }
}
