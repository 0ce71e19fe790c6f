using System.Net;
using System.Net.Sockets;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>A connection to a local server that can be cut: open connections break and new ones are refused.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private readonly IPEndPoint _to;
    private readonly IPEndPoint _at;
    private TcpListener? _listener;

    /// <param name="to">The server, by its IP address.</param>
    public Wire(Uri to)
    {
        _to = new(IPAddress.Parse(to.Host), to.Port);
        _listener = new(IPAddress.Loopback, FixedPort.Next());
        _listener.Start();
        _at = (IPEndPoint)_listener.LocalEndpoint;
        _ = AcceptAsync(_listener);
    }

    /// <summary>Base address, with a trailing slash.</summary>
    public string Url => $"http://{_at}/";

    public void Cut()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
            foreach (var socket in _open) socket.Dispose();
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_lock)
        {
            if (_listener is not null) return;
            _listener = new(_at);
            _listener.Start();
            _ = AcceptAsync(_listener);
        }
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = CarryAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody is let in any more.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            Keep(client, server);
            await server.ConnectAsync(_to);
            await using var near = new NetworkStream(client, ownsSocket: true);
            await using var far = new NetworkStream(server);
            await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
            // Cut, or one side has gone.
        }
        finally
        {
            client.Dispose();
            lock (_lock) _open.ExceptWith([client, server]);
        }
    }

    /// <summary>A connection that was let in as the way was cut is cut as well.</summary>
    private void Keep(Socket client, Socket server)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_listener is null, this);
            _open.UnionWith([client, server]);
        }
    }
}
