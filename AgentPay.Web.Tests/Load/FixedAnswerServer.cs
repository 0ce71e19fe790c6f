using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AgentPay.Web.Tests.Load;

/// <summary>Answers every request of one connection at a time with the same JSON, without allocating memory for a request.</summary>
internal sealed class FixedAnswerServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;

    public FixedAnswerServer(string json)
    {
        var length = Encoding.UTF8.GetByteCount(json);
        _answer = Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{json}");
        _listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose() => _listener.Dispose();

    private void Serve()
    {
        try
        {
            while (true)
            {
                using var client = _listener.AcceptSocket();
                client.NoDelay = true;
                Serve(client);
            }
        }
        catch (Exception disposed) when (disposed is SocketException or InvalidOperationException)
        {
            // The listener has been disposed.
        }
    }

    private void Serve(Socket client)
    {
        var buffer = new byte[1 << 16];
        for (var read = 0; ;)
        {
            var got = client.Receive(buffer, read, buffer.Length - read, SocketFlags.None);
            if (got == 0) return;
            read += got;
            if (LengthOf(buffer.AsSpan(0, read)) is not { } length || read < length) continue;
            client.Send(_answer);
            read = 0;
        }
    }

    /// <summary>The length of the request with its body; null while its headers are incomplete.</summary>
    private static int? LengthOf(ReadOnlySpan<byte> request)
    {
        var head = request.IndexOf("\r\n\r\n"u8);
        if (head < 0) return null;
        var at = request.IndexOf("Content-Length: "u8);
        if (at < 0 || at > head) return head + 4;
        var digits = request[(at + 16)..head];
        var end = digits.IndexOf((byte)'\r');
        return head + 4 + int.Parse(end < 0 ? digits : digits[..end], provider: null);
    }
}
