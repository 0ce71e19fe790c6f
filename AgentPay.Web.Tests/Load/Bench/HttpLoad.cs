using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>The result of one run of <see cref="HttpLoad"/>.</summary>
/// <param name="Latencies">Milliseconds of each request.</param>
/// <param name="Refused">Requests with another answer than 2xx.</param>
internal sealed record LoadResult(TimeSpan Time, Sample Latencies, int Refused)
{
    public double PerSecond => Latencies.Count / Time.TotalSeconds;
}

/// <summary>
/// Sends requests over a number of connections, each as soon as the one before is answered. Writes the bytes to sockets itself, because
/// HttpClient would cost more of the processor than the server under measurement.
/// </summary>
internal static class HttpLoad
{
    /// <param name="next">Returns the next request of the connection with this number; null when it has sent all.</param>
    public static async Task<LoadResult> RunAsync(string url, int connections, TimeSpan time, Func<int, byte[]?> next)
    {
        var started = Stopwatch.GetTimestamp();
        var done = await Task.WhenAll(Enumerable.Range(0, connections)
            .Select(number => Task.Run(() => ConnectAsync(url, number, time, next))));
        return new(
            Stopwatch.GetElapsedTime(started), new(done.SelectMany(one => one.Latencies)), done.Sum(one => one.Refused));
    }

    /// <summary>Sends one request over a connection of its own.</summary>
    public static async Task SendAsync(string url, byte[] request)
    {
        byte[]? left = request;
        var result = await RunAsync(url, 1, TimeSpan.FromMinutes(1), _ => Interlocked.Exchange(ref left, null));
        if (result.Refused > 0) throw new InvalidOperationException("The server refused a request");
    }

    /// <summary>Builds a request with a form, as Twilio sends it.</summary>
    public static byte[] Post(string url, string target, string signature, string delivery, string form) => Encoding.ASCII.GetBytes($"""
        POST {target} HTTP/1.1
        Host: {url[(url.IndexOf("//", StringComparison.Ordinal) + 2)..]}
        User-Agent: TwilioProxy/1.1
        Accept: */*
        Content-Type: application/x-www-form-urlencoded; charset=UTF-8
        I-Twilio-Idempotency-Token: {delivery}
        X-Twilio-Signature: {signature}
        Content-Length: {form.Length}

        {form}
        """.ReplaceLineEndings("\r\n"));

    private static async Task<(List<double> Latencies, int Refused)> ConnectAsync(string url, int number, TimeSpan time,
        Func<int, byte[]?> next)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPEndPoint.Parse(new Uri(url).Authority));
        var (buffer, latencies, refused, started) = (new byte[1 << 16], new List<double>(), 0, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < time && next(number) is { } request)
        {
            var sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            if (!await IsAcceptedAsync(socket, buffer)) refused++;
            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
        return (latencies, refused);
    }

    private static async Task<bool> IsAcceptedAsync(Socket socket, byte[] buffer)
    {
        for (var read = 0; ;)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(read));
            if (got == 0) throw new IOException("The server closed the connection");
            read += got;
            if (LengthOf(buffer.AsSpan(0, read)) is { } length && read >= length) return buffer[9] == '2';
        }
    }

    // The length of the answer with its body; null while its headers are incomplete.
    private static int? LengthOf(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return null;
        var at = answer.IndexOf("Content-Length: "u8);
        if (at < 0 || at > head) return answer.IndexOf("chunked"u8) < 0 || answer.EndsWith("0\r\n\r\n"u8) ? head + 4 : null;
        var digits = answer[(at + 16)..];
        return head + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
