using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Hearth.Database;
using Hearth.Platform;

namespace Hearth.Tests.Database;

/// <summary>The private PostgreSQL, and what stops a start.</summary>
public sealed class HearthDatabaseTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hearth-own-");

    public HearthDatabaseTests() => folder.UnixFileMode |= UnixFileMode.OtherExecute;

    private HearthOptions Options => new() { DataDir = folder.FullName, PostgresBin = Environment.GetEnvironmentVariable("POSTGRES_BIN") };

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_private_database_outlives_a_stop_and_a_killed_server()
    {
        await using (var database = await Open())
        {
            await using var insert = database.Requests.CreateCommand("insert into tenants (name, webhook_secret) values ('kept', 's')");
            await insert.ExecuteNonQueryAsync();
        }

        using (var server = await Serve())
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        await using var again = await Open();
        await using var read = again.Requests.CreateCommand("select name from tenants");
        Assert.Equal("kept", await read.ExecuteScalarAsync());
    }

    [Fact]
    public async Task One_server_has_a_data_directory_and_commands_may_share_it()
    {
        await using var first = await Open();
        var refused = await Assert.ThrowsAsync<StartFailure>(() => Open());
        Assert.Contains("Another Hearth runs on the data directory", refused.Message);
        await using var beside = await HearthDatabase.Open(Options, beside: true, CancellationToken.None);
        Assert.Empty(beside.Applied);
    }

    [Fact]
    public async Task The_data_of_another_version_is_left_alone()
    {
        var data = Directory.CreateDirectory(Path.Combine(folder.FullName, "postgres", "data"));
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "PG_VERSION"), "9.6\n");
        Assert.Contains("was made by PostgreSQL 9.6", (await Assert.ThrowsAsync<StartFailure>(() => Open())).Message);
    }

    [Fact]
    public async Task Binaries_that_are_not_there_are_named()
    {
        var options = Options with { PostgresBin = folder.FullName };
        var failure = await Assert.ThrowsAsync<StartFailure>(() => HearthDatabase.Open(options, beside: false, CancellationToken.None));
        Assert.Contains($"POSTGRES_BIN is {folder.FullName}", failure.Message);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");
        var options = Options with { DataDir = Path.Combine(file, "data") };
        var failure = await Assert.ThrowsAsync<StartFailure>(() => HearthDatabase.Open(options, beside: false, CancellationToken.None));
        Assert.Contains(options.DataDir, failure.Message);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_named_without_its_password()
    {
        var options = Options with { DatabaseUrl = "postgres://me:hunter2@127.0.0.1:1/community" };
        var failure = await Assert.ThrowsAsync<StartFailure>(() => HearthDatabase.Open(options, beside: false, CancellationToken.None));
        Assert.Contains("community at 127.0.0.1:1 cannot be used", failure.Message);
        Assert.DoesNotContain("hunter2", failure.Message);
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;
        var failure = Assert.Throws<StartFailure>(() => Listening.RefuseTaken(new HearthOptions { Port = port }));
        Assert.Contains($"Port {port.ToString(CultureInfo.InvariantCulture)} on 127.0.0.1 is taken", failure.Message);
    }

    [Fact]
    public void A_demo_listens_on_this_machine_only() =>
        Assert.Contains("DEMO=on", Assert.Throws<StartFailure>(() => Listening.RefuseTaken(new HearthOptions { Demo = true, Host = "0.0.0.0", Port = 0 })).Message);

    private Task<HearthDatabase> Open() => HearthDatabase.Open(Options, beside: false, CancellationToken.None);

    /// <summary>The real program in a process of its own, once it listens.</summary>
    private async Task<Process> Serve()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "hearth.dll");
        var start = new ProcessStartInfo("dotnet", [program, "serve"]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["HEARTH_ENV"] = "development";
        start.Environment["DATA_DIR"] = folder.FullName;
        start.Environment["HOST"] = "127.0.0.1";
        start.Environment["PORT"] = "0";
        start.Environment.Remove("DATABASE_URL");
        start.Environment.Remove("DEMO");
        var server = Process.Start(start)!;
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Hearth listens"))
                return server;
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }
}
